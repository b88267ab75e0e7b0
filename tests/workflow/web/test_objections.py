"""Objections as staff works them; who objects stays sealed but to the investigator in charge."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services.workflow.commands.objections import lodge
from services.workflow.domain.refused import Refused
from services.workflow.models import CommandLog, IdentityLook, Objection
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast
from tests.workflow.web.desk import Desk, hidden, summary, words

NAME, CONTACT = "赵举报", "13911112222"


@pytest.fixture
def number(d):
    given = {**cast.OBJECTION, "name": NAME, "contact": CONTACT, "text": "面积写成八十平方米", "unit": 1}
    return lodge(d.notice, given)["objection"]


@pytest.fixture
def assigned(d, number):
    cast.take("objection", number, "receive", d.people["office"])
    investigator = d.people["investigator"].member_id
    cast.take("objection", number, "assign", d.people["office"], investigator=investigator)
    return number


def status(number):
    return Objection.objects.get(pk=number).status


def test_the_office_receives_it(number):
    Desk("office").send(f"/objections/{number}/receive")

    assert status(number) == "received"


def test_only_investigators_who_judged_nothing_are_offered(d, number):
    cast.take("objection", number, "receive", d.people["office"])
    shown = Desk("office").get(f"/objections/{number}")

    offered = {name for name in ("investigator", "investigator2") if f" {name}" in words(shown)}
    assert offered == {"investigator", "investigator2"}
    assert "dep-urban " not in words(shown)


def test_the_office_assigns_it(d, number):
    cast.take("objection", number, "receive", d.people["office"])

    Desk("office").send(f"/objections/{number}/assign", investigator=str(d.people["investigator"].member_id))

    assert (status(number), Objection.objects.get().assignee_id) == (
        "investigating",
        d.people["investigator"].member_id,
    )


def test_nobody_chosen_is_said_at_the_field(d, number):
    cast.take("objection", number, "receive", d.people["office"])

    answer = Desk("office").send(f"/objections/{number}/assign")

    assert summary(answer) == [refusal_text(Refused("field.missing", field="investigator"))]


def test_the_investigator_states_the_finding(assigned):
    answer = Desk("investigator").send(f"/objections/{assigned}/find", finding="查无实据")

    assert (status(assigned), Objection.objects.get().finding) == ("found", "查无实据")
    assert answer["Location"] == "/"


@pytest.mark.parametrize(("step", "after"), [("dismiss", "dismissed"), ("sustain", "sustained")])
def test_the_office_decides_with_a_reason(d, assigned, step, after):
    cast.take("objection", assigned, "find", d.people["investigator"], finding="结论")
    desk = Desk("office")
    silent = desk.send(f"/objections/{assigned}/{step}", reason="")
    desk.send(f"/objections/{assigned}/{step}", reason="按结论")

    assert (silent.status_code, status(assigned)) == (422, after)


def test_the_reply_concludes_it(d, assigned):
    cast.take("objection", assigned, "find", d.people["investigator"], finding="结论")
    cast.take("objection", assigned, "dismiss", d.people["office"], reason="按结论")

    Desk("office").send(f"/objections/{assigned}/reply", reply="经核查不成立")

    assert (status(assigned), Objection.objects.get().reply) == ("replied", "经核查不成立")


def test_the_identity_is_opened_for_a_purpose_and_the_look_kept(assigned):
    desk = Desk("investigator")
    before = desk.get(f"/objections/{assigned}")
    opened = desk.post(
        f"/objections/{assigned}/identity", key=before.context["identity_key"], purpose="电话核实"
    )

    assert (NAME in before.text, NAME in opened.text, CONTACT in opened.text) == (False, True, True)
    assert opened["Cache-Control"].startswith("max-age=0")
    assert list(IdentityLook.objects.values_list("purpose", flat=True)) == ["电话核实"]
    assert NAME not in desk.get(f"/objections/{assigned}").text


def test_without_a_purpose_it_stays_sealed(assigned):
    desk = Desk("investigator")
    key = desk.get(f"/objections/{assigned}").context["identity_key"]

    answer = desk.post(f"/objections/{assigned}/identity", key=key, purpose=" ")

    assert (answer.status_code, summary(answer)) == (422, [refusal_text(Refused("identity.purpose_missing"))])
    assert not IdentityLook.objects.exists()


@pytest.mark.parametrize("who", ["office", "committee1", "investigator2"])
def test_nobody_else_opens_the_identity(assigned, who):
    answer = Desk(who).post(f"/objections/{assigned}/identity", key=str(uuid4()), purpose="看看")

    assert answer.status_code in {403, 404}
    assert NAME not in answer.text
    assert not IdentityLook.objects.exists()


@pytest.mark.parametrize(
    "who", ["listed", "songxi", "dep-police", "dep-urban", "investigator2", "north-office", "audit-admin"]
)
def test_nobody_outside_learns_of_it(assigned, who):
    assert Desk(who).get(f"/objections/{assigned}").status_code == 404


@pytest.mark.parametrize("who", ["office", "committee1"])
def test_office_and_committee_read_the_text_and_not_the_name(assigned, who):
    shown = Desk(who).get(f"/objections/{assigned}")

    assert ("面积写成八十平方米" in shown.text, NAME in shown.text, CONTACT in shown.text) == (
        True,
        False,
        False,
    )


def test_no_log_of_commands_keeps_the_name(d, assigned):
    desk = Desk("investigator")
    key = desk.get(f"/objections/{assigned}").context["identity_key"]
    desk.post(f"/objections/{assigned}/identity", key=key, purpose="电话核实")

    assert [log for log in CommandLog.objects.all() if NAME in str(log.answer)] == []


def test_staff_enters_what_came_by_telephone(d):
    desk = Desk("office")
    given = {
        "channel": "phone",
        "unit": "1",
        "kind": "person",
        "name": NAME,
        "contact": CONTACT,
        "text": "来电反映",
    }

    answer = desk.send(f"/notices/{d.notice}/edit/objection", **given)

    made = Objection.objects.get()
    assert (answer["Location"], made.channel) == (f"/objections/{made.pk}", "phone")
    assert NAME not in desk.get(answer["Location"]).text


def test_an_incomplete_entry_names_its_fields(d):
    answer = Desk("office").send(
        f"/notices/{d.notice}/edit/objection", channel="phone", unit="1", kind="person"
    )

    missing = [refusal_text(Refused("field.missing", field=name)) for name in ("name", "contact", "text")]
    assert (answer.status_code, summary(answer)) == (422, missing)


@pytest.mark.parametrize("who", ["dep-police", "songxi", "north-office"])
def test_others_enter_nothing(d, who):
    assert Desk(who).get(f"/notices/{d.notice}/edit/objection").status_code == 403


def test_what_was_typed_stays_where_somebody_was_first(d, number):
    cast.take("objection", number, "receive", d.people["office"])
    investigators = [d.people[name].member_id for name in ("investigator", "investigator2")]
    desk = Desk("office2")
    drawn = hidden(desk.get(f"/objections/{number}"))
    cast.take("objection", number, "assign", d.people["office"], investigator=investigators[0])

    answer = desk.post(f"/objections/{number}/assign", **drawn, investigator=str(investigators[1]))

    assert (answer.status_code, Objection.objects.get().assignee_id) == (409, investigators[0])
    assert 'class="overtaken"' in answer.text


@pytest.fixture
def by_letter(d):
    scan = SimpleUploadedFile("赵举报来函.pdf", cast.PDF)
    given = {
        "channel": "letter",
        "unit": "1",
        "kind": "person",
        "name": NAME,
        "contact": CONTACT,
        "text": "不符",
    }
    answer = Desk("office").send(f"/notices/{d.notice}/edit/objection", **given, letter=scan)
    number = int(answer["Location"].rpartition("/")[2])
    cast.take("objection", number, "receive", d.people["office"])
    cast.take(
        "objection", number, "assign", d.people["office"], investigator=d.people["investigator"].member_id
    )
    return number


def test_the_investigator_fetches_the_letter_with_a_record(by_letter):
    desk = Desk("investigator")
    page = desk.get(f"/objections/{by_letter}")
    key = page.context["letter_key"]

    answer = desk.post(f"/objections/{by_letter}/letter", key=key, purpose="核对签名")

    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, cast.PDF, "application/pdf")
    assert answer["Cache-Control"].startswith("max-age=0")
    assert "赵举报" not in answer["Content-Disposition"]
    assert "查看来函：核对签名" in words(desk.get(f"/objections/{by_letter}"))


@pytest.mark.parametrize("who", ["office", "investigator2", "listed"])
def test_nobody_else_fetches_the_letter(by_letter, who):
    answer = Desk(who).post(f"/objections/{by_letter}/letter", key=str(uuid4()), purpose="看看")

    assert answer.status_code in {403, 404}
    assert not IdentityLook.objects.exists()


def test_a_scan_of_another_kind_is_said_at_its_field(d):
    given = {"channel": "letter", "unit": "1", "kind": "tip", "text": "不符"}
    answer = Desk("office").send(
        f"/notices/{d.notice}/edit/objection",
        **given,
        letter=SimpleUploadedFile("来函.exe", b"MZ" + bytes(99)),
    )

    assert (answer.status_code, Objection.objects.count()) == (422, 0)
    assert "letter" in answer.context["form"].errors
