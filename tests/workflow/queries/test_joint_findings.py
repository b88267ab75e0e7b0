"""What bodies found together: who may be asked, and who reads what was said."""

from typing import Any

import pytest

from services.workflow.commands.objections import lodge
from services.workflow.models import Office, RoundTask
from services.workflow.queries.joint_findings import bodies_free, consultations_of, own_finding
from services.workflow.queries.objection_page import objection_page
from tests.workflow import cast
from tests.workflow.cast import OBJECTION, District, take


@pytest.fixture
def case(d: District) -> int:
    cast.department(d, "dep-fire")
    number: int = lodge(d.notice, {**OBJECTION, "declaration": d.cases["listed"]})["objection"]
    take("objection", number, "receive", d.people["office"])
    take("objection", number, "assign", d.people["office"], investigator=d.people["investigator"].member_id)
    return number


def asked(d: District, case: int) -> RoundTask:
    given: Any = {"bodies": [d.units["dep-fire"]], "question": "是否属实"}
    take("objection", case, "consult", d.people["investigator"], **given)
    return RoundTask.objects.get(participant_unit=d.units["dep-fire"])


def free(d: District, case: int) -> set[int]:
    return {unit.pk for unit in bodies_free(objection_page(case, d.people["investigator"]))}


def test_a_department_without_anybody_in_office_is_not_free(d: District, case: int) -> None:
    before = free(d, case)
    Office.objects.filter(unit=d.units["dep-fire"]).update(until=cast.NOW)

    assert (before, free(d, case)) == ({d.units["dep-fire"]}, set())


def test_the_office_reads_what_was_found_once_the_finding_is_stated(d: District, case: int) -> None:
    task = asked(d, case)
    cast.decide(task.pk, "founded", d.people["dep-fire"], reason="经查属实")
    office = d.people["office"]

    before = consultations_of(objection_page(case, office), office)
    take("objection", case, "find", d.people["investigator"], finding="属实")
    after = consultations_of(objection_page(case, office), office)

    assert (before, [one.said[0].text for one in after], own_finding(task)) == ([], ["经查属实"], "经查属实")


@pytest.mark.parametrize("who", ["dep-fire", "dep-police", "listed", "songxi", "investigator2"])
def test_who_does_not_read_the_objection_reads_nothing_of_it(d: District, case: int, who: str) -> None:
    asked(d, case)

    row = objection_page(case, d.people["investigator"])

    assert consultations_of(row, d.people[who]) == []
