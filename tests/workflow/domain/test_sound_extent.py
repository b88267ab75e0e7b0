"""Quotas that the field cannot fill, and ladders that lead back."""

from dataclasses import replace

import pytest

from services.workflow.domain.programme_rules import Quota, QuotaKind, TownQuota
from services.workflow.domain.sound_extent import ladder_flaws, quota_flaws
from tests.workflow.domain.organisations import ORGANISATION
from tests.workflow.domain.samples import DEFINITION

FIELD = len(ORGANISATION.subjects(DEFINITION.scope, DEFINITION.subject_kinds))
TOWN = "songxi"
IN_TOWN = len({u.code for u in ORGANISATION.within(TOWN)} & {
    u.code for u in ORGANISATION.subjects(DEFINITION.scope, DEFINITION.subject_kinds)
})  # fmt: skip


def found(quota: Quota) -> list[tuple[object, object, bool]]:
    flaws = quota_flaws(replace(DEFINITION, quota=quota), ORGANISATION)
    return [(flaw.params["number"], flaw.params["field"], flaw.bars) for flaw in flaws]


@pytest.mark.parametrize(
    ("kind", "bars"), [(QuotaKind.EXACT, True), (QuotaKind.MINIMUM, False), (QuotaKind.MAXIMUM, False)]
)
def test_a_quota_larger_than_the_field_is_found_and_an_exact_one_bars(kind: QuotaKind, bars: bool) -> None:
    assert found(Quota(kind, FIELD + 1)) == [(FIELD + 1, FIELD, bars)]
    assert found(Quota(kind, FIELD)) == []


def test_a_towns_share_is_measured_against_the_town() -> None:
    too_many = Quota(QuotaKind.EXACT, FIELD, (TownQuota(TOWN, IN_TOWN + 1),))

    assert found(too_many) == [(IN_TOWN + 1, IN_TOWN, True)]
    assert found(replace(too_many, towns=(TownQuota(TOWN, IN_TOWN),))) == []


def test_where_there_is_no_quota_nothing_is_too_large() -> None:
    assert found(Quota()) == []


def test_a_ladder_over_other_programmes_must_not_lead_back() -> None:
    here = replace(DEFINITION, ladder=("district",))
    district, city = replace(DEFINITION, code="district", ladder=("city",)), replace(DEFINITION, code="city")

    assert list(ladder_flaws(here, [district, city])) == []
    (flaw,) = ladder_flaws(here, [district, replace(city, ladder=("sample",))])
    assert (flaw.code, flaw.params["way"], flaw.bars) == (
        "ladder.leads_back", "sample → district → city → sample", True,
    )  # fmt: skip
