import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from services.workflow.commands.objections import lodge
from services.workflow.commands.sealing import open_identity
from services.workflow.models import IdentityLook, LedgerEntry, Member, Objection, ObjectorIdentity, Office
from services.workflow.queries.rights import visible_to
from tests.workflow import cast
from tests.workflow.cast import NOW, OBJECTION, District, take
from tests.workflow.commands.refusing import refusal

BY_UNIT = {**OBJECTION, "unit": 1}


def objection_of(d: District) -> int:
    number: int = lodge(d.notice, {**OBJECTION, "declaration": d.cases["listed"]})["objection"]
    return number


def at_investigation(d: District, who: str = "investigator") -> int:
    case = objection_of(d)
    take("objection", case, "receive", d.people["office"])
    take("objection", case, "assign", d.people["office"], investigator=d.people[who].member_id)
    return case


def test_an_objection_gets_a_receipt_and_holds_its_unit(d: District) -> None:
    version = d.case("listed").version

    answer = lodge(d.notice, {**OBJECTION, "declaration": d.cases["listed"]})

    row = Objection.objects.get(pk=answer["objection"])
    assert (row.status, row.receipt, row.channel, row.lodged_at) == ("lodged", answer["receipt"], "web", NOW)
    assert (row.waiting_role, row.waiting_unit_id) == ("office", d.units["office"])
    assert (d.case("listed").version, d.case("listed_too").version) == (version + 1, version)


@pytest.mark.parametrize(
    ("clock", "code"),
    [("2026-03-09T23:59:59.999+08:00", ""), ("2026-03-10T00:00:00+08:00", "notice.not_open")],
)
def test_an_objection_is_in_time_until_midnight(d: District, clock: str, code: str) -> None:
    cast.set_clock(dt.datetime.fromisoformat(clock))

    if code:
        assert refusal(lodge, d.notice, BY_UNIT) == code
    else:
        assert lodge(d.notice, BY_UNIT)["status"] == "lodged"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"unit": 3}, "objection.unit_not_listed"),
        ({"unit": 0}, "field.out_of_range"),
        ({"unit": "一"}, "field.not_a_number"),
        ({"kind": "anonymous"}, "field.not_a_choice"),
        ({"name": ""}, "field.missing"),
        ({"contact": " "}, "field.missing"),
        ({"text": ""}, "field.missing"),
        ({"text": "长" * 2001}, "field.too_long"),
        ({"name": "长" * 61}, "field.too_long"),
        ({"channel": "telex"}, "field.not_a_choice"),
        ({"kind": "unit", "name": ""}, "field.missing"),
    ],
)
def test_an_objection_is_refused_and_holds_nobody(d: District, fields: dict[str, Any], code: str) -> None:
    version = d.case("listed").version

    assert refusal(lodge, d.notice, {**BY_UNIT, **fields}) == code
    assert (Objection.objects.count(), d.case("listed").version) == (0, version)


@pytest.mark.parametrize(
    "fields", [{"kind": "unit", "contact": ""}, {"kind": "tip", "name": "", "contact": ""}]
)
def test_a_unit_signs_by_its_name_and_a_tip_stays_without(d: District, fields: dict[str, Any]) -> None:
    assert lodge(d.notice, {**BY_UNIT, **fields})["status"] == "lodged"


def test_nobody_objects_to_a_notice_that_is_not_out(d: District) -> None:
    draft = cast.draw_up(d, [d.cases["notice"]])
    take("notice", d.notice, "suspend", d.people["office"], reason="有误")

    found = [refusal(lodge, number, BY_UNIT) for number in (draft, 999_999, d.notice)]

    assert found == ["notice.not_found", "notice.not_found", "notice.not_open"]


def test_the_investigator_in_charge_finds_and_the_office_concludes(d: District) -> None:
    case = at_investigation(d)
    row = Objection.objects.get(pk=case)
    charged = (row.waiting_role, row.waiting_unit_id, row.assignee_id)

    colleague = refusal(take, "objection", case, "find", d.people["investigator2"], finding="属实")
    take("objection", case, "find", d.people["investigator"], finding="属实")
    take("objection", case, "sustain", d.people["office"], reason="属实")
    take("objection", case, "reply", d.people["office"], reply="经核查成立")

    assert charged == ("investigator", d.units["dep-police"], d.people["investigator"].member_id)
    assert colleague in {"step.not_yours", "case.not_found"}
    row = Objection.objects.get(pk=case)
    assert (row.status, row.outcome, row.finding, row.reply) == ("replied", "sustained", "属实", "经核查成立")


def test_a_sustained_objection_keeps_its_unit_until_the_committee_has_acted(d: District) -> None:
    case = at_investigation(d)
    take("objection", case, "find", d.people["investigator"], finding="属实")
    take("objection", case, "sustain", d.people["office"], reason="属实")
    waits = d.case("listed").waiting_role
    cast.set_clock(cast.NOW + dt.timedelta(days=9))
    take("notice", d.notice, "close", d.people["office"])

    assert (waits, d.case("listed").stage, d.case("listed_too").stage) == ("committee", "notice", "naming")
    done = take("declaration", d.cases["listed"], "disqualify", d.people["committee1"], reason="异议成立")
    assert done["place"] == "disqualified"


def test_whoever_judged_the_case_does_not_investigate(d: District) -> None:
    """The officer who cleared the unit in a round is an investigator of the same department too."""
    judge = Member.objects.get(username="dep-police")
    Office.objects.create(
        member=judge, unit_id=d.units["dep-police"], role="investigator", name="dep-police", since=NOW
    )
    case = objection_of(d)
    take("objection", case, "receive", d.people["office"])

    found = refusal(take, "objection", case, "assign", d.people["office"], investigator=judge.pk)

    assert found == "conflict.investigator_judged"


@pytest.mark.parametrize("who", ["office2", "dep-police", "north-police"])
def test_only_an_investigator_is_charged(d: District, who: str) -> None:
    case = objection_of(d)
    take("objection", case, "receive", d.people["office"])

    found = refusal(
        take, "objection", case, "assign", d.people["office"], investigator=d.people[who].member_id
    )

    assert found == "objection.no_such_investigator"


def test_two_objections_hold_a_unit_until_both_are_dismissed(d: District) -> None:
    cases = [at_investigation(d), at_investigation(d, "investigator2")]
    cast.set_clock(cast.NOW + dt.timedelta(days=9))
    take("notice", d.notice, "close", d.people["office"])
    stages = []

    for case, who in zip(cases, ("investigator", "investigator2"), strict=True):
        take("objection", case, "find", d.people[who], finding="查无实据")
        take("objection", case, "dismiss", d.people["office"], reason="查无实据")
        stages.append(str(d.case("listed").stage))

    assert stages == ["notice", "naming"]


def test_a_form_sent_twice_under_one_key_is_one_objection(d: District) -> None:
    key = uuid4()

    first, second = (lodge(d.notice, BY_UNIT, key=key) for _ in range(2))

    assert (first, Objection.objects.count()) == (second, 1)


def test_the_identity_is_sealed_and_nowhere_else(d: District) -> None:
    case = objection_of(d)
    sealed = bytes(ObjectorIdentity.objects.get(pk=case).sealed)

    assert b"13800138000" not in sealed and "张三".encode() not in sealed
    with connection.cursor() as cursor:
        for table in ("workflow_objection", "ledger", "ledger_text", "signal", "command_log", "due"):
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%%13800138000%%' OR t::text LIKE '%%张三%%'"
            )
            assert (table, cursor.fetchone()) == (table, (0,))


def test_the_investigator_opens_it_and_every_look_is_kept(d: District) -> None:
    case = at_investigation(d)

    for purpose in ("核实", "回访"):
        found = open_identity(case, purpose=purpose, by=d.people["investigator"])

    looks = (
        IdentityLook.objects.filter(objection=case).order_by("pk").values_list("purpose", "at", "office_id")
    )
    office = d.people["investigator"].office_id
    assert found == {"name": "张三", "contact": "13800138000"}
    assert list(looks) == [("核实", NOW, office), ("回访", NOW, office)]


def test_whoever_found_goes_on_reading_it_and_who_objects(d: District) -> None:
    case = at_investigation(d)
    take("objection", case, "find", d.people["investigator"], finding="属实")

    opened = open_identity(case, purpose="答复", by=d.people["investigator"])

    assert (opened["name"], Objection.objects.get(pk=case).assignee_id) == ("张三", None)
    seen = {
        who: visible_to(d.people[who], Objection).filter(pk=case).exists()
        for who in ("investigator", "investigator2", "office", "listed")
    }
    assert seen == {"investigator": True, "investigator2": False, "office": True, "listed": False}
    assert refusal(open_identity, case, purpose="核实", by=d.people["investigator2"]) == "identity.not_yours"


@pytest.mark.parametrize(
    ("who", "purpose", "code"),
    [
        ("investigator", "  ", "identity.purpose_missing"),
        ("investigator2", "核实", "identity.not_yours"),
        ("office", "核实", "identity.not_yours"),
        ("committee1", "核实", "identity.not_yours"),
        ("system-admin", "核实", "identity.not_yours"),
        ("listed", "核实", "identity.not_yours"),
    ],
)
def test_nobody_else_looks_and_nobody_without_a_purpose(
    d: District, who: str, purpose: str, code: str
) -> None:
    case = at_investigation(d)

    assert refusal(open_identity, case, purpose=purpose, by=d.people[who]) == code
    assert not IdentityLook.objects.exists()


def test_a_look_under_a_repeated_key_tells_no_log_who_objects(d: District) -> None:
    """The command's answer is kept for its key; an identity must not lie there in the clear."""
    case = at_investigation(d)

    open_identity(case, purpose="核实", by=d.people["investigator"], key=uuid4())

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM command_log WHERE answer::text LIKE '%%13800138000%%'")
        assert cursor.fetchone() == (0,)


def test_the_ledger_of_an_objection_is_not_the_units_to_hear(d: District) -> None:
    case = objection_of(d)

    topics = set(LedgerEntry.objects.get(case_id=case).topics)

    assert topics == {f"case:{case}", f"unit:{d.units['yunling']}", f"unit:{d.units['office']}"}
