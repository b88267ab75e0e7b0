"""The organisation as it is held today, and the proof over it."""

import datetime as dt

from services.workflow.domain.organisation import OrganisedUnit
from services.workflow.models import Office
from services.workflow.queries.soundness import organisation_at, proved
from tests.workflow.cast import DEFINITION

AT = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)


def test_units_come_with_the_roles_that_people_hold_today(d):
    office = Office.objects.select_related("unit__parent").filter(role="town").earliest("pk")
    town = office.unit
    held = Office.objects.filter(unit=town, role="town", until=None).count()

    before = organisation_at(AT).by_code[town.code]
    office.until = AT
    office.save()
    after = organisation_at(AT).by_code[town.code]

    assert town.parent is not None
    assert before == OrganisedUnit(town.code, town.name, "town", town.parent.code, {"town": held})
    assert after.roles.get("town", 0) == held - 1


def test_an_office_not_yet_begun_is_not_held(d):
    office = Office.objects.select_related("unit").filter(role="committee").earliest("pk")

    early = organisation_at(office.since - dt.timedelta(seconds=1)).by_code[office.unit.code]

    assert early.roles.get("committee", 0) == 0


def test_the_cast_is_proved_by_one_look_at_each_table(d, django_assert_num_queries):
    with django_assert_num_queries(4):
        result = proved(DEFINITION)

    assert result.gaps == DEFINITION.gaps
    assert {flaw.code for flaw in result.flaws} <= {"notice.one_person"}
