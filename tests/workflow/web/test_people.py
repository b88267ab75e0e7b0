"""The administrators' pages of people."""

import re
from uuid import uuid4

import pytest

from services.workflow.models import Member, Office, Unit
from tests.workflow.web.desk import Desk, summary, words

LIST = "/administration/people"
GOOD = "十分可靠的口令-2026"


def address(name: str) -> str:
    return f"{LIST}/{Member.objects.get(username=name).pk}"


@pytest.mark.parametrize("who", ["system-admin", "security-admin", "audit-admin"])
def test_all_three_administrators_see_who_is_there(d, who):
    desk = Desk(who)

    assert f'href="{LIST}"' in desk.get("/").text
    assert "songxi" in words(desk.get(f"{LIST}?q=songxi"))
    assert ("停用账号" in words(desk.get(address("songxi")))) is (who == "security-admin")


@pytest.mark.parametrize("who", ["office", "songxi"])
def test_nobody_else_does(d, who):
    assert Desk(who).get(LIST).status_code == 403 and Desk(who).get(address("office")).status_code == 403


def test_a_search_narrows_and_says_when_nobody_is_found(d):
    page = Desk("audit-admin").get(f"{LIST}?q=没有这个人")

    assert "没有找到" in words(page)


def test_an_account_is_closed_with_a_reason_and_its_person_is_out(d):
    theirs = Desk("songxi")
    assert theirs.get("/").status_code == 200

    answer = Desk("security-admin").send(address("songxi"), act="close", reason="调离")

    assert answer.status_code == 302 and theirs.get("/").status_code == 302
    shown = words(Desk("audit-admin").get(address("songxi")))
    assert "账号已停用" in shown and "调离" in shown


def test_an_office_is_given_and_ended(d):
    desk = Desk("security-admin")

    desk.send(address("songxi"), act="give", unit="dep-health", role="department")
    held = Office.objects.get(member__username="songxi", role="department")
    desk.send(address("songxi"), act="end", office="dep-health/department")

    assert held.until is None and Office.objects.get(pk=held.pk).until is not None


def test_an_office_is_given_in_a_unit_by_its_name(d):
    desk, name = Desk("security-admin"), Unit.objects.get(code="dep-health").name

    desk.send(address("songxi"), act="give", unit=name, role="department")

    held = Office.objects.filter(member__username="songxi", until=None).values_list("unit__code", flat=True)
    assert set(held) == {"songxi", "dep-health"}


def test_an_office_that_cannot_be_given_is_said_at_its_field(d):
    desk = Desk("security-admin")

    unknown = desk.send(address("songxi"), act="give", unit="nowhere", role="town")
    powers = desk.send(address("system-admin"), act="give", unit="office", role="audit_admin")

    assert unknown.status_code == powers.status_code == 422
    assert summary(unknown) and 'href="#id_unit"' in unknown.text
    assert summary(powers) and 'href="#id_role"' in powers.text
    assert not Office.objects.filter(role="audit_admin", member__username="system-admin").exists()


def test_a_link_is_shown_once_and_sets_the_password(d):
    page = Desk("security-admin").send(address("songxi"), act="invite")
    link = re.search(r"<code[^>]*>http://testserver(/account/password/[^<]+)</code>", page.text)
    assert link is not None
    visitor = Desk()

    differing = visitor.send(link[1], password=GOOD, again="另一个-2026")
    weak = visitor.send(link[1], password="12345678", again="12345678")
    done = visitor.send(link[1], password=GOOD, again=GOOD)

    assert differing.status_code == weak.status_code == 422 and summary(differing) and summary(weak)
    assert done.status_code == 302 and Member.objects.get(username="songxi").check_password(GOOD)
    assert "链接已使用" in visitor.get(link[1]).text
    assert "/account/password/" not in Desk("security-admin").get(address("songxi")).text


def test_who_heads_a_body_is_named_by_the_security_administrator_alone(d):
    head = {"act": "head", "office": "songxi/town"}
    Desk("security-admin").send(address("songxi"), **head)
    named = Office.objects.get(member__username="songxi").is_head
    shown = words(Desk("audit-admin").get(address("songxi")))
    other = Desk("system-admin").post(address("songxi2"), key=str(uuid4()), **head)
    Desk("security-admin").send(address("songxi"), **{**head, "act": "unhead"})

    assert named and "负责人" in shown and other.status_code == 403
    assert not Office.objects.filter(is_head=True).exists()


def test_only_an_office_that_is_held_can_be_headed(d):
    answer = Desk("security-admin").send(address("songxi"), act="head", office="dep-health/department")

    assert answer.status_code == 404


def test_whoever_is_no_administrator_is_told_what_is_not_theirs(d):
    page = Desk("office").get(LIST)

    assert page.status_code == 403 and "“系统管理”不由您所在的岗位办理" in words(page)
    assert "办理此页需要的角色：审计管理员、安全管理员、系统管理员。" in words(page)
