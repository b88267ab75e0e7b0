"""Who sees what, by role: against a table written by hand."""

from dataclasses import replace
from typing import Any

import pytest

from services.workflow.commands.objections import lodge
from services.workflow.models import (
    Ballot,
    Declaration,
    Edition,
    Honour,
    Notice,
    Objection,
    Programme,
    Round,
    RoundTask,
    Unit,
)
from services.workflow.queries.rights import may_hear, visible_to
from tests.workflow import cast
from tests.workflow.cast import OBJECTION, District, take

FILED = (
    "preliminary returned clearance in_round joint_review confirmation assessment vote decision notice listed"
    " listed_too naming held"
)
DISTRICT = "office committee1 leading-group dep-org dep-police investigator"
NOBODY = (
    "guihua north-office north-police north-town north-community system-admin security-admin audit-admin idle"
)


def seen(d: District, who: str, model: type[Any] = Declaration) -> set[int]:
    return set(visible_to(d.people[who], model).values_list("pk", flat=True))


@pytest.mark.parametrize("who", ["songxi", "songxi2", *DISTRICT.split()])
def test_what_was_filed_is_seen_by_its_town_and_the_bodies_of_its_district(d: District, who: str) -> None:
    assert seen(d, who) == {d.cases[code] for code in FILED.split()}


@pytest.mark.parametrize("who", ["begun", "begun2", "draft", "preliminary", "held"])
def test_a_unit_sees_its_own_and_no_other(d: District, who: str) -> None:
    assert seen(d, who) == {d.cases[who.rstrip("2")]}


@pytest.mark.parametrize("who", NOBODY.split())
def test_nobody_else_sees_a_declaration(d: District, who: str) -> None:
    assert seen(d, who) == set()


def test_a_declaration_taken_back_is_its_units_own_again(d: District) -> None:
    take("declaration", d.cases["preliminary"], "take_back", d.people["preliminary"])

    found = {who: d.cases["preliminary"] in seen(d, who) for who in ("songxi", "office", "preliminary")}

    assert found == {"songxi": False, "office": False, "preliminary": True}


def test_a_draft_that_was_withdrawn_is_never_seen_above(d: District) -> None:
    take("declaration", d.cases["begun"], "withdraw", d.people["begun"], reason="不报了")

    assert d.cases["begun"] not in seen(d, "songxi") | seen(d, "office")


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("held", True),
        ("songxi", True),
        ("office", True),
        ("guihua", False),
        ("north-office", False),
        ("draft", False),
    ],
)
def test_an_honour_is_seen_by_its_unit_town_and_district(d: District, who: str, sees: bool) -> None:
    assert seen(d, who, Honour) == ({d.honour.pk} if sees else set())


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("office", True), ("committee1", True), ("investigator", True), ("investigator2", False), ("listed", False),
        ("songxi", False), ("dep-police", False), ("leading-group", False), ("north-office", False),
    ],
)  # fmt: skip
def test_an_objection_is_seen_by_the_office_its_investigator_and_the_committee(
    d: District, who: str, sees: bool
) -> None:
    case = lodge(d.notice, {**OBJECTION, "declaration": d.cases["listed"]})["objection"]
    take("objection", case, "receive", d.people["office"])
    take("objection", case, "assign", d.people["office"], investigator=d.people["investigator"].member_id)

    assert seen(d, who, Objection) == ({case} if sees else set())
    assert may_hear(d.people[who], f"case:{case}") is sees


@pytest.mark.parametrize(
    ("who", "drafts"), [("office", True), ("songxi", False), ("listed", False), ("north-office", False)]
)
def test_a_notice_in_the_making_is_the_offices_and_a_released_one_everybodys(
    d: District, who: str, drafts: bool
) -> None:
    draft = cast.draw_up(d, [d.cases["notice"]])

    found = seen(d, who, Notice)

    assert (d.notice in found, draft in found) == (True, drafts)


def test_an_admitted_programme_is_everybodys(d: District) -> None:
    assert [seen(d, who, Programme) for who in ("idle", "north-office", "office")] == [{d.programme}] * 3


@pytest.mark.parametrize(
    ("who", "count"),
    [
        ("office", 2),
        ("dep-police", 1),
        ("dep-health", 1),
        ("dep-org", 0),
        ("committee1", 0),
        ("north-office", 0),
    ],
)
def test_open_tasks_are_seen_by_whom_they_ask_and_by_the_office(d: District, who: str, count: int) -> None:
    assert visible_to(d.people[who], RoundTask).filter(status="NEW").count() == count


def test_nobody_reads_anothers_ballot(d: District) -> None:
    found = {
        who: set(visible_to(d.people[who], Ballot).values_list("member_id", flat=True))
        for who in ("committee1", "office")
    }

    assert found == {"committee1": {d.people["committee1"].member_id}, "office": set()}


def test_a_round_of_another_district_is_not_seen(d: District) -> None:
    assert visible_to(d.people["office"], Round).count() == Round.objects.count() > 0
    assert visible_to(d.people["north-office"], Round).count() == 0


@pytest.mark.parametrize(
    ("topic", "hears"),
    [
        ("public:notice", True), ("unit:{songxi}", True), ("unit:{guihua}", False), ("unit:{yunling}", False),
        ("user:{me}", True), ("user:0", False), ("case:{filed}", True), ("case:{draft}", False), ("case:٣", False),
        ("case:-1", False), ("case:1 OR 1=1", False), ("", False), ("role:town", False),
    ],
)  # fmt: skip
def test_a_town_hears(d: District, topic: str, hears: bool) -> None:
    by = d.people["songxi"]
    numbers = {**d.units, "me": by.member_id, "filed": d.cases["vote"], "draft": d.cases["draft"]}

    assert may_hear(by, topic.format(**numbers)) is hears


def test_a_body_of_the_city_sees_what_runs_in_its_districts(d: District) -> None:
    city = Unit.objects.create(
        code="city-civil", name="市民政局", kind="department", parent=Unit.objects.get(code="yunzhou")
    )
    host = replace(d.people["office"], unit_id=city.pk, unit_code="city-civil", district_id=None)

    assert [edition.pk for edition in visible_to(host, Edition)] == [d.edition]
