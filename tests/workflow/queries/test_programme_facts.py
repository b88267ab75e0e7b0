"""What an admission is judged by: the cap of the year, namesakes given up, the project notice."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.facts import ProgrammeFacts
from services.workflow.domain.programme_rules import Admission
from services.workflow.models import Programme
from services.workflow.queries.facts import gather
from services.workflow.queries.programme_facts import newest_definitions
from tests.workflow.cast import DEFINITION, NOW, District, take

NEW = replace(DEFINITION, first_year=None)


def publish(code: str, **changes: Any) -> int:
    programme: int = publish_version(
        replace(NEW, **{"code": code, "name": f"{code}创建", **changes}), by=SYSTEM, key=None
    )["programme"]
    return programme


def facts(programme: int, at: dt.datetime = NOW) -> ProgrammeFacts:
    row: Any = Programme.objects.select_related("district").get(pk=programme)
    gather([row], at=at)
    found: ProgrammeFacts = row.facts
    return found


def admit(d: District, programme: int) -> None:
    take("programme", programme, "propose", d.people["office"])
    take("programme", programme, "admit", d.people["leading-group"])


def test_a_district_admits_one_new_programme_of_its_own_a_year(d: District) -> None:
    one, two = publish("one"), publish("two")
    before = facts(two).cap_left
    admit(d, one)

    assert (before, facts(two).cap_left) == (1, 0)
    assert facts(two, NOW + dt.timedelta(days=366)).cap_left == 1


@pytest.mark.parametrize("changes", [{"first_year": 2003}, {"own_programme": True}])
def test_no_cap_holds_for_what_stood_before_or_is_a_units_own(d: District, changes: dict[str, Any]) -> None:
    assert facts(publish("one", **changes)).cap_left is None


def test_a_programme_that_counts_already_is_not_counted_against_itself(d: District) -> None:
    one = publish("one")
    admit(d, one)

    assert facts(one).cap_left is None


def test_a_namesake_that_was_given_up_is_known_but_not_itself(d: District) -> None:
    gone = publish("gone", name="同名创建")
    take("programme", gone, "withdraw", d.people["office"], reason="不再办")

    assert (facts(publish("again", name="同名创建")).withdrawn_namesake, facts(gone).withdrawn_namesake) == (
        True,
        False,
    )


def test_a_project_notice_ends_at_its_moment(d: District) -> None:
    one = publish("one", admission=Admission(notice_working_days=5))
    admit(d, one)
    ends = Programme.objects.get(pk=one).notice_ends_at
    assert ends is not None

    assert facts(one).notice_working_days == 5
    assert [facts(one, ends - dt.timedelta(seconds=1)).ended, facts(one, ends).ended] == [False, True]


def test_the_newest_version_speaks_for_a_programme(d: District) -> None:
    publish_version(replace(DEFINITION, summary="改过"), by=SYSTEM, key=None)

    assert newest_definitions([d.programme])[d.programme].summary == "改过"
    assert newest_definitions([]) == {}
