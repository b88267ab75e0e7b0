"""Somebody changes their own password, and nobody without the present one."""

import pytest

from services.workflow.models import Member
from tests.workflow.web.desk import Desk, summary, words

ADDRESS = "/account/password"
NEW = "桂冠-laurel-2026"


@pytest.fixture
def clerk(d):
    member = Member.objects.get(username="idle")
    member.set_password("old-password-1")
    member.save()
    return member


def test_a_password_is_changed_and_other_log_ins_end(clerk):
    here, elsewhere = Desk("idle"), Desk("idle")

    changed = here.send(ADDRESS, present="old-password-1", password=NEW, again=NEW)

    assert (changed.status_code, changed["Location"]) == (302, "/account")
    assert "密码已修改" in words(here.get("/account"))
    assert elsewhere.get("/account").status_code == 302
    clerk.refresh_from_db()
    assert clerk.check_password(NEW)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"present": "guessed"}, "现在的密码不对"),
        ({"again": "another-one-1"}, None),
        ({"password": "12345678", "again": "12345678"}, None),
    ],
)
def test_nothing_is_changed_by_a_wrong_form(clerk, sent, told):
    given = {"present": "old-password-1", "password": NEW, "again": NEW, **sent}

    answer = Desk("idle").send(ADDRESS, **given)

    assert answer.status_code == 422 and summary(answer)
    assert told in (None, *summary(answer))
    clerk.refresh_from_db()
    assert clerk.check_password("old-password-1")


def test_a_form_left_empty_names_every_field(clerk):
    refused = Desk("idle").send(ADDRESS)

    assert summary(refused) == ["请填写：现在的密码", "请填写：新密码", "请填写：再次输入新密码"]
