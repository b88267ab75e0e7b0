import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands import due, notices, objections
from services.workflow.domain.calendar import end_of_day
from services.workflow.domain.programme_rules import NoticeRule, PersonNames
from services.workflow.models import Due, Notice, NoticeLine, Unit
from tests.workflow import cast
from tests.workflow.cast import NOW, OBJECTION, VETO, District, take
from tests.workflow.commands.refusing import refusal


def notice_of(pk: int) -> Notice:
    return Notice.objects.get(pk=pk)


def shanghai(day: str, clock: str = "09:00:00") -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T{clock}+08:00")


def test_a_notice_freezes_its_entries_as_they_stand(d: District) -> None:
    notice = cast.draw_up(d, [d.cases["notice"]])

    line = NoticeLine.objects.get(notice=notice)
    assert (line.unit_name, line.town_name, str(line.points), line.position) == (
        "notice社区", "songxi社区", "100.00", 1,
    )  # fmt: skip
    row = notice_of(notice)
    assert (row.status, row.version, row.number, row.working_days, row.opening_day_counts) == (
        "draft",
        1,
        "",
        5,
        False,
    )
    assert (d.case("notice").waiting_role, d.case("notice").waiting_unit_id) == ("", None)


@pytest.mark.parametrize(
    ("codes", "who", "code"),
    [
        ([], "office", "notice.empty"),
        (["naming"], "office", "notice.case_not_ready"),
        (["listed"], "office", "notice.already_listed"),
        (["notice"], "committee1", "step.not_yours"),
        (["notice"], "north-office", "step.not_yours"),
        (["notice", "decision"], "office", "notice.case_not_ready"),
    ],
)
def test_a_notice_is_not_drawn_up(d: District, codes: list[str], who: str, code: str) -> None:
    cases = [d.cases[c] for c in codes]

    found = refusal(notices.draw_up, d.edition, cases, title="公示", text="文", by=d.people[who], key=None)

    assert found == code


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("", "文", "field.missing"),
        ("题" * 121, "文", "field.too_long"),
        ("题", "文" * 4001, "field.too_long"),
    ],
)
def test_a_notice_needs_its_words(d: District, title: str, text: str, code: str) -> None:
    act = (notices.draw_up, d.edition, [d.cases["notice"]])

    assert refusal(*act, title=title, text=text, by=d.people["office"], key=None) == code


def test_whoever_prepared_does_not_release(d: District) -> None:
    notice = cast.draw_up(d, [d.cases["notice"]])
    take("notice", notice, "prepare", d.people["office"])

    assert refusal(take, "notice", notice, "release", d.people["office"]) == "step.not_yours"
    assert take("notice", notice, "release", d.people["office2"])["place"] == "released"


@pytest.mark.parametrize(
    ("opened", "ends"),
    [
        (
            "2025-09-26",
            "2025-10-10",
        ),  # National Day and a make-up Sunday (28 September), the first day not counted
        ("2026-03-02", "2026-03-09"),
        (
            "2026-02-13",
            "2026-02-27",
        ),  # over the Spring Festival, with its make-up Saturday, the 14th
    ],
)
def test_the_end_is_counted_in_the_state_councils_working_days(d: District, opened: str, ends: str) -> None:
    cast.set_clock(shanghai(opened))

    notice = cast.publish(d, [d.cases["notice"]])

    row = notice_of(notice)
    day = dt.date.fromisoformat(ends)
    assert (row.opened_on, row.ends_on, row.ends_at) == (dt.date.fromisoformat(opened), day, end_of_day(day))
    due_row = Due.objects.get(case_id=notice, cancelled_at=None)
    assert (due_row.kind, due_row.at, due_row.provisional) == ("notice_end", end_of_day(day), False)


def test_a_release_numbers_the_notice_and_opens_its_cases(d: District) -> None:
    version = d.case("notice").version

    notice = cast.publish(d, [d.cases["notice"]])

    row = notice_of(notice)
    assert (row.number, row.released_at, row.released_by_id) == (
        "sample〔2026〕4号",
        NOW,
        d.people["office2"].office_id,
    )
    assert d.case("notice").version == version + 1


def test_an_end_past_the_known_calendar_needs_a_reason_and_waits_for_the_year(d: District) -> None:
    cast.set_clock(shanghai("2026-12-28"))
    notice = cast.draw_up(d, [d.cases["notice"]])
    take("notice", notice, "prepare", d.people["office"])

    bare = refusal(take, "notice", notice, "release", d.people["office2"])
    take("notice", notice, "release", d.people["office2"], reason="年内须公示")
    cast.set_clock(shanghai("2027-02-01"))
    closing = refusal(take, "notice", notice, "close", d.people["office"])

    assert (bare, closing) == ("notice.provisional_needs_reason", "notice.end_is_provisional")
    assert (notice_of(notice).due_provisional, notice_of(notice).status) == (True, "released")


@pytest.mark.parametrize(
    ("clock", "code"),
    [("2026-03-09T23:59:59.999999+08:00", "notice.still_open"), ("2026-03-10T00:00:00+08:00", "")],
)
def test_a_notice_closes_at_the_midnight_of_its_last_day(d: District, clock: str, code: str) -> None:
    cast.set_clock(dt.datetime.fromisoformat(clock))
    act = (take, "notice", d.notice, "close", d.people["office"])

    if code:
        assert refusal(*act) == code
    else:
        assert act[0](*act[1:])["place"] == "closed"


def results(d: District) -> dict[str, tuple[str, str]]:
    """{unit: (its result on the notice, where it is)}."""
    lines = NoticeLine.objects.filter(notice=d.notice).select_related("declaration__unit")
    return {line.declaration.unit.code: (line.result, str(line.declaration.stage)) for line in lines}


def test_the_sweep_closes_a_notice_and_its_units_go_on(d: District) -> None:
    cast.set_clock(shanghai("2026-03-10", "00:00:00"))

    due.fire_due()

    assert notice_of(d.notice).status == "closed"
    assert results(d) == {"listed": ("passed", "naming"), "listed_too": ("passed", "naming")}


def test_an_objection_holds_its_unit_and_no_other_and_the_freed_unit_follows(d: District) -> None:
    from_office = d.people["office"]
    objection = lodge(d)
    cast.set_clock(shanghai("2026-03-10"))
    take("notice", d.notice, "close", from_office)
    held = results(d)
    conclude(d, objection, "dismiss")

    assert held == {"listed": ("held", "notice"), "listed_too": ("passed", "naming")}
    assert d.case("listed").stage == "naming"


def lodge(d: District) -> int:
    number: int = objections.lodge(d.notice, {**OBJECTION, "declaration": d.cases["listed"]})["objection"]
    return number


def conclude(d: District, objection: int, outcome: str) -> None:
    office, investigator = d.people["office"], d.people["investigator"]
    take("objection", objection, "receive", office)
    take("objection", objection, "assign", office, investigator=investigator.member_id)
    take("objection", objection, "find", investigator, finding="查无实据")
    take("objection", objection, outcome, office, reason="说明")


def test_a_vetoed_unit_stays_behind_and_follows_when_the_veto_is_lifted(d: District) -> None:
    case, police = d.cases["listed"], d.people["dep-police"]
    take("declaration", case, "raise_veto", police, reason="案件", **VETO)
    cast.set_clock(shanghai("2026-03-10"))
    take("notice", d.notice, "close", d.people["office"])
    held = results(d)

    take("declaration", case, "lift_veto", police, reason="查清")

    assert held["listed"] == ("held", "notice")
    assert d.case("listed").stage == "naming"


def test_a_longer_period_moves_the_end_and_its_due_work(d: District) -> None:
    take("notice", d.notice, "extend", d.people["office"], reason="节假日", working_days=3)

    ends = dt.date(2026, 3, 12)
    assert notice_of(d.notice).ends_on == ends
    open_due = Due.objects.filter(case_id=d.notice, fired_at=None, cancelled_at=None)
    assert [row.at for row in open_due] == [end_of_day(ends)]


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (0, "field.out_of_range"),
        (61, "field.out_of_range"),
        ("soon", "field.not_a_number"),
        ("²", "field.not_a_number"),
        (None, "field.not_a_number"),
    ],
)
def test_an_extension_is_of_some_days(d: District, days: object, code: str) -> None:
    assert (
        refusal(take, "notice", d.notice, "extend", d.people["office"], reason="说明", working_days=days)
        == code
    )


def test_a_suspended_notice_has_no_end_until_it_is_released_again(d: District) -> None:
    take("notice", d.notice, "suspend", d.people["office"], reason="有误")
    suspended = Due.objects.filter(case_id=d.notice, fired_at=None, cancelled_at=None).count()
    number = notice_of(d.notice).number
    cast.set_clock(shanghai("2026-03-16"))

    take("notice", d.notice, "release", d.people["office2"])

    row = notice_of(d.notice)
    assert (suspended, row.number, row.ends_on) == (0, number, dt.date(2026, 3, 23))


def test_the_same_draft_asked_for_twice_is_one(d: District) -> None:
    key = uuid4()
    asked: dict[str, Any] = {"title": "公示", "text": "文", "by": d.people["office"], "key": key}

    first, second = (notices.draw_up(d.edition, [d.cases["notice"]], **asked) for _ in range(2))

    assert (first, Notice.objects.filter(title="公示", status="draft").count()) == (second, 1)


@pytest.mark.parametrize(
    ("kind", "names", "shown"),
    [
        ("person", PersonNames.FULL, "张三丰"),
        ("person", PersonNames.MASKED, "张*丰"),
        ("community", PersonNames.MASKED, "张三丰"),
    ],
)
def test_a_person_is_named_as_the_rule_has_it(kind: str, names: PersonNames, shown: str) -> None:
    assert notices.public_name(Unit(kind=kind, name="张三丰"), NoticeRule(person_names=names)) == shown


@pytest.mark.parametrize(
    ("given", "kept"),
    [({}, 20), ({"shown_days": " 7 "}, 7), ({"shown_days": ""}, None), ({"shown_days": None}, None)],
)
def test_a_release_settles_how_long_the_notice_stays_up(d: District, given: Any, kept: int | None) -> None:
    cast.rule(d, notice=NoticeRule(5, shown_days=20))
    notice = cast.draw_up(d, [d.cases["notice"]])
    take("notice", notice, "prepare", d.people["office"])

    take("notice", notice, "release", d.people["office2"], **given)

    assert notice_of(notice).shown_days == kept


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (0, "field.out_of_range"),
        ("3661", "field.out_of_range"),
        ("一周", "field.not_a_number"),
        (-1, "field.out_of_range"),
    ],
)
def test_days_that_cannot_be_are_refused_and_the_notice_stays_in(d: District, given: Any, code: str) -> None:
    notice = cast.draw_up(d, [d.cases["notice"]])
    take("notice", notice, "prepare", d.people["office"])

    act = (take, "notice", notice, "release", d.people["office2"])

    assert refusal(*act, shown_days=given) == code
    assert notice_of(notice).status == "prepared"
