import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.models import ApiToken, Member, Office
from services.workflow.queries.clock import own_now
from services.workflow.queries.holders import offices_by_token, offices_of
from services.workflow.queries.rights import actor_of
from tests.workflow.cast import District

HOUR = dt.timedelta(hours=1)


def member(d: District, who: str = "songxi") -> Member:
    return Member.objects.get(pk=d.people[who].member_id or 0)


def test_offices_come_with_unit_and_member_oldest_first(d: District) -> None:
    person = member(d)
    own = Office.objects.get(member=person)
    older = Office.objects.create(
        member=person, unit=own.unit, role="declarant", name="旧", since=own.since - HOUR
    )
    Office.objects.create(
        member=person, unit=own.unit, role="office", name="止", since=own.since, until=own.since
    )

    with CaptureQueriesContext(connection) as sent:
        found = offices_of(person)
        actors = [actor_of(office) for office in found]

    assert (found, len(sent)) == ([older, own], 1)
    assert actors == [actor_of(Office.objects.select_related("unit", "member").get(pk=o.pk)) for o in found]
    assert [vars(o.member)["username"] for o in found] == [person.username] * 2


@pytest.mark.parametrize(("left", "found"), [(HOUR, 1), (-HOUR, 0)])
def test_a_token_stands_for_its_person_while_it_lasts(d: District, left: dt.timedelta, found: int) -> None:
    ApiToken.objects.create(member=member(d), digest="a" * 64, expires_at=own_now() + left)

    assert len(offices_by_token("a" * 64)) == found
    assert offices_by_token("b" * 64) == []


def test_an_account_that_is_closed_holds_nothing(d: District) -> None:
    person = member(d)
    Member.objects.filter(pk=person.pk).update(is_active=False)

    assert offices_of(person) == []
