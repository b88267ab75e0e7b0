"""The bodies of what is done about work without moving it, and of what people keep for themselves."""

from datetime import date

from pydantic import BaseModel, Field


class HeadIn(BaseModel):
    head: bool = True


class ReassignIn(BaseModel):
    to: int
    reason: str = ""


class UrgeIn(BaseModel):
    text: str = ""


class CopyIn(BaseModel):
    to: list[int] = Field(max_length=200)
    note: str = ""


class RecuseIn(BaseModel):
    """`to` is a colleague of the same office; without it the deputy, else the pool."""

    reason: str = ""
    to: int | None = None


class RelationIn(BaseModel):
    """A `unit` or a `person` (a member); `nature` is kin, former_post, interest or other."""

    nature: str
    unit: int | None = None
    person: int | None = None
    note: str = ""


class DeputyIn(BaseModel):
    """Both days are included."""

    to: int
    begins: date
    ends: date
    reason: str = ""


class ViewIn(BaseModel):
    """`query` is what follows the question mark of the inbox's address."""

    name: str
    query: str = ""


class PhraseIn(BaseModel):
    text: str
