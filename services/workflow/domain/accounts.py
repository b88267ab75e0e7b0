"""Accounts of those who log in."""

from enum import StrEnum


class AccountAct(StrEnum):
    """What may happen to an account."""

    CLOSED = "closed"
    REOPENED = "reopened"
    INVITED = "invited"
    PASSWORD_SET = "password_set"
