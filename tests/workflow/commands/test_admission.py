"""Admission through the commands: the yearly cap, the project notice, and what asks for it again."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from services.workflow.commands import due
from services.workflow.commands.programmes import open_edition, publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import Admission
from services.workflow.models import Declaration, Edition, LedgerText, Programme, Unit
from services.workflow.queries.inbox import waiting_for
from tests.races import at_once, codes
from tests.workflow.cast import DEFINITION, NOW, District, set_clock, take
from tests.workflow.commands.refusing import refusal

OPENS, CLOSES = dt.datetime(2027, 1, 1, tzinfo=dt.UTC), dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
NOTICED = Admission(notice_working_days=5)


def new(code: str, **changes: Any) -> Definition:
    return replace(DEFINITION, code=code, name=f"新项目{code}", first_year=2026, **changes)


def proposed(d: District, code: str, **changes: Any) -> int:
    programme: int = publish_version(new(code, **changes), by=SYSTEM, key=None)["programme"]
    take("programme", programme, "propose", d.people["office"])
    return programme


def admit(d: District, programme: int) -> str:
    take("programme", programme, "admit", d.people["leading-group"], reason="同意")
    return status(programme)


def status(programme: int) -> str:
    return str(Programme.objects.get(pk=programme).status)


def test_a_proposal_lies_in_the_inbox_of_the_leading_group_with_what_was_proposed(d: District) -> None:
    programme = proposed(d, "one")

    page = waiting_for(d.people["leading-group"], with_steps=True)

    found = [(item.kind, item.id, item.steps) for item in page.items]
    assert found == [("programme", programme, ("admit", "refuse"))]
    row = Programme.objects.get(pk=programme)
    assert row.proposed_version is not None
    assert (row.proposed_version.number, row.due_at is not None) == (1, True)


def test_a_district_admits_one_new_programme_a_year(d: District) -> None:
    first, second = proposed(d, "one"), proposed(d, "two")

    assert admit(d, first) == "admitted"
    assert refusal(admit, d, second) == "programme.cap_reached"
    set_clock(dt.datetime(2027, 1, 4, 1, tzinfo=dt.UTC))
    assert admit(d, second) == "admitted"


def test_a_city_admits_two(d: District) -> None:
    Unit.objects.filter(code="yunling").update(kind="city")
    codes_ = ["one", "two", "three"]
    programmes = [proposed(d, code) for code in codes_]

    assert [admit(d, programme) for programme in programmes[:2]] == ["admitted", "admitted"]
    assert refusal(admit, d, programmes[2]) == "programme.cap_reached"


def test_a_refused_one_does_not_use_the_cap_up(d: District) -> None:
    first, second = proposed(d, "one", admission=NOTICED), proposed(d, "two")
    assert admit(d, first) == "on_notice"
    assert refusal(admit, d, second) == "programme.cap_reached"

    take("programme", first, "refuse", d.people["leading-group"], reason="公示期间查实重复设立")

    assert (status(first), admit(d, second)) == ("refused", "admitted")


def test_a_standing_programme_and_a_units_own_stand_beside_the_cap(d: District) -> None:
    admit(d, proposed(d, "one"))
    standing = publish_version(replace(DEFINITION, code="old", name="老项目"), by=SYSTEM, key=None)[
        "programme"
    ]
    take("programme", standing, "propose", d.people["office"])

    assert admit(d, standing) == "admitted"
    assert admit(d, proposed(d, "own", own_programme=True)) == "admitted"


def test_a_project_notice_runs_its_working_days_before_the_programme_counts_as_admitted(d: District) -> None:
    programme = proposed(d, "one", admission=NOTICED)
    assert admit(d, programme) == "on_notice"
    row = Programme.objects.get(pk=programme)
    opened = partial(
        open_edition, programme, year=2027, opens_at=OPENS, closes_at=CLOSES, by=d.people["office"], key=None
    )
    early = refusal(opened)

    set_clock(NOW + dt.timedelta(days=6, hours=20))  # Monday, 9 March 2026, not yet over
    due.fire_due()
    before = status(programme)
    set_clock(NOW + dt.timedelta(days=8))
    due.fire_due()

    assert row.notice_ends_at == dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC)  # five working days after 2 March
    assert (early, before, status(programme)) == ("programme.not_admitted", "on_notice", "admitted")
    assert Edition.objects.filter(pk=opened()["edition"]).exists()


def test_a_changed_version_asks_for_admission_again_and_running_editions_go_on(d: District) -> None:
    told = publish_version(replace(DEFINITION, cycle_months=24), by=SYSTEM, key=None)

    row = Programme.objects.get(pk=d.programme)
    assert (told["reopened"], row.status, row.waiting_role) == (["cycle"], "draft", "office")
    assert LedgerText.objects.get(entry__case_id=d.programme, entry__step="reopen").text == "cycle"
    year: dict[str, Any] = {
        "year": 2028,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "by": d.people["office"],
        "key": None,
    }
    assert refusal(open_edition, d.programme, **year) == "programme.not_admitted"
    case = d.cases["preliminary"]
    take("declaration", case, "endorse", d.people["songxi"], rank=1)
    assert Declaration.objects.get(pk=case).edition.definition_version_id == d.version

    take("programme", d.programme, "propose", d.people["office"])
    take("programme", d.programme, "admit", d.people["leading-group"])

    assert open_edition(d.programme, **year)["edition"]
    assert refusal(open_edition, d.programme, **{**year, "year": 2029}) == "edition.inside_cycle"


def test_what_admission_was_not_asked_for_may_change(d: District) -> None:
    told = publish_version(replace(DEFINITION, summary="改过"), by=SYSTEM, key=None)

    assert (told["reopened"], status(d.programme)) == ([], "admitted")


def test_changes_add_up_against_the_version_that_was_admitted(d: District) -> None:
    publish_version(replace(DEFINITION, summary="改过"), by=SYSTEM, key=None)

    told = publish_version(replace(DEFINITION, summary="又改", name="新名"), by=SYSTEM, key=None)

    row = Programme.objects.get(pk=d.programme)
    assert (told["reopened"], row.name, row.status) == (["name"], "新名", "draft")


def test_a_refused_programme_may_be_changed_and_proposed_again(d: District) -> None:
    programme = proposed(d, "one")
    take("programme", programme, "refuse", d.people["leading-group"], reason="名额过多")
    unchanged = publish_version(new("one", summary="改过"), by=SYSTEM, key=None)["reopened"]

    changed = publish_version(new("one", cycle_months=24), by=SYSTEM, key=None)["reopened"]

    assert (unchanged, changed, status(programme)) == ([], ["cycle"], "draft")
    take("programme", programme, "propose", d.people["office"])
    assert admit(d, programme) == "admitted"


def test_a_withdrawn_programme_is_neither_published_nor_set_up_again_under_another_code(d: District) -> None:
    take("programme", d.programme, "withdraw", d.people["office"], reason="不办了")
    again = publish_version(replace(DEFINITION, code="again"), by=SYSTEM, key=None)["programme"]

    found = [
        refusal(publish_version, replace(DEFINITION, summary="改过"), by=SYSTEM, key=None),
        refusal(take, "programme", again, "propose", d.people["office"]),
    ]

    assert found == ["programme.withdrawn", "programme.withdrawn_before"]


@pytest.mark.usefixtures("transactional_db")
def test_of_eight_approvals_at_once_the_cap_lets_one_through(
    committed: District, scale: Callable[[int, int], int]
) -> None:
    for number in range(scale(3, 30)):
        # Each round in a year of its own, so that nothing of the one before counts.
        set_clock(dt.datetime(2030 + number, 3, 4, 1, tzinfo=dt.UTC))
        programmes = []
        for client in range(8):
            code = f"race-{number}-{client}"
            definition = replace(new(code), first_year=2030 + number)
            programme = publish_version(definition, by=SYSTEM, key=None)["programme"]
            take("programme", programme, "propose", committed.people["office"])
            programmes.append(programme)

        results = at_once(*(partial(admit, committed, programme) for programme in programmes))

        assert codes(results) == ["admitted", *["programme.cap_reached"] * 7]
