from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.domain.actor import SYSTEM
from services.workflow.models import CalendarDay, Declaration, Honour, Unit
from services.workflow.queries.clock import now
from services.workflow.queries.facts import gather
from services.workflow.queries.opening import open_case
from tests.workflow import cast
from tests.workflow.cast import District


@pytest.mark.parametrize("code", ["draft", "preliminary", "in_round", "decision", "notice", "held"])
def test_a_case_is_opened_with_the_facts_that_are_gathered_apart(d: District, code: str) -> None:
    actor = d.people["office"] if code != "draft" else d.people["draft"]
    apart: Any = d.case(code)

    row = open_case(actor, Declaration, apart.pk)

    for each in (row, apart):
        gather([each], at=now(), member_id=actor.member_id)
    assert {**vars(row), "_state": 0} == {**vars(apart), "_state": 0}


def test_facts_of_an_opened_case_need_no_more_statements(d: District) -> None:
    actor, case = d.people["songxi"], d.cases["preliminary"]
    gather([open_case(actor, Declaration, case)], at=now(), member_id=actor.member_id)

    with CaptureQueriesContext(connection) as sent:
        row: Any = open_case(actor, Declaration, case)
        gather([row], at=row.opened.at, member_id=actor.member_id)

    assert len(sent) == 1


def test_what_came_with_a_row_serves_once(d: District) -> None:
    actor, case = d.people["songxi"], d.cases["preliminary"]
    row: Any = open_case(actor, Declaration, case)
    cast.take("declaration", case, "raise_veto", d.people["dep-police"], reason="说明", **cast.VETO)

    gather([row], at=now(), member_id=actor.member_id)
    before = row.facts.open_vetoes
    gather([row], at=now(), member_id=actor.member_id)

    assert (before, row.facts.open_vetoes) == ((), (cast.VETO["ground"],))


def test_nobody_opens_what_they_may_not_see(d: District) -> None:
    assert open_case(d.people["north-office"], Declaration, d.cases["preliminary"]) is None
    assert open_case(SYSTEM, Honour, d.honour.pk) == d.honour


def test_units_and_days_are_read_anew_once_they_have_changed(d: District) -> None:
    def revisions() -> tuple[int, int]:
        opened = open_case(SYSTEM, Declaration, d.cases["preliminary"]).opened  # type: ignore[union-attr]
        return opened.units_revision, opened.calendar_revision

    first = revisions()
    Unit.objects.filter(code="dep-police").update(code="dep-police-2")
    second = revisions()
    CalendarDay.objects.filter(working=True).delete()
    third = revisions()

    assert first[0] < second[0] == third[0]
    assert first[1] == second[1] < third[1]


def test_a_unit_that_took_another_code_is_no_longer_the_body(d: District) -> None:
    row: Any = open_case(SYSTEM, Declaration, d.cases["preliminary"])
    gather([row], at=now())
    before = row.facts.host
    Unit.objects.filter(code="office").update(code="office-2")
    row = open_case(SYSTEM, Declaration, d.cases["preliminary"])

    gather([row], at=now())

    assert before.unit_id is not None
    assert row.facts.host.unit_id is None
