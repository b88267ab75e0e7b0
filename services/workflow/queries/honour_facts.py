"""Facts of honours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q

from services.workflow.domain.calendar import shanghai_date, years_after
from services.workflow.domain.facts import HonourFacts
from services.workflow.domain.programme import Definition
from services.workflow.domain.stages import LIVE_HONOUR, HonourStatus
from services.workflow.models import Declaration, Honour, Rectification, ReReview
from services.workflow.queries.declaration_facts import seat_of
from services.workflow.queries.definitions import definition_for, kind_of_track, unit_ids
from services.workflow.queries.scores import scores_of, verdict_on

RETAINED = "retain"


@dataclass(frozen=True)
class Reviews:
    """Of one honour: the review that is open, and the day it was last retained."""

    open: ReReview | None = None
    retained_on: date | None = None


def of_honours(rows: Sequence[Any], common: dict[int, dict[str, Any]]) -> list[HonourFacts]:
    """Facts of each honour: judged by the open re-review's version, or the one it was earned under."""
    ids = [row.pk for row in rows]
    reviews = _reviews(ids)
    opened = [found.open.pk for found in reviews.values() if found.open]
    sheets = scores_of(ids, "rereview", rereviews=opened) if opened else {}
    definitions = _definitions(rows, reviews)
    units = unit_ids(*{id(each): each for each in definitions.values()}.values())
    rectified = dict(
        Rectification.objects.filter(honour__in=ids).order_by("pk").values_list("honour_id", "status")
    )
    renewals = _renewals_left(rows, definitions, reviews)
    facts = []
    for row in rows:
        definition, found = definitions[row.pk], reviews.get(row.pk, Reviews())
        rule = definition.supervision
        ends = (
            years_after(found.retained_on or row.conferred_on, rule.term_years) if rule.term_years else None
        )
        facts.append(
            HonourFacts(
                **common[row.pk],
                definition=definition,
                reviewer=seat_of(rule.rereview_body, row, units),
                proposer=seat_of(rule.revocation_proposer, row, units),
                decider=seat_of(rule.revocation_decider, row, units),
                verdict=verdict_on(definition, sheets.get(row.pk, {})) if found.open else None,
                rectification=rectified.get(row.pk, ""),
                term_ended=ends is not None and shanghai_date(common[row.pk]["now"]) >= ends,
                term_ends_on=ends,
                renewals_left=renewals.get(row.pk),
            )
        )
    return facts


def _definitions(rows: Sequence[Any], reviews: Mapping[int, Reviews]) -> dict[int, Definition]:
    """What each honour is judged by, on the track and in the category that it was declared in."""
    declared = Declaration.objects.filter(pk__in=[row.declaration_id for row in rows])
    tracks = {
        pk: (track, category) for pk, track, category in declared.values_list("pk", "track", "category")
    }
    found = {}
    for row in rows:
        track, category = tracks[row.declaration_id]
        review = reviews.get(row.pk, Reviews()).open
        version = review.definition_version_id if review else row.earned_under_id
        found[row.pk] = definition_for(version, kind_of_track(row.earned_under_id, track), category)
    return found


def _reviews(ids: Sequence[int]) -> dict[int, Reviews]:
    found: dict[int, Reviews] = {}
    for review in ReReview.objects.filter(honour__in=ids).order_by("pk"):
        before = found.get(review.honour_id, Reviews())
        if review.closed_at is None:
            found[review.honour_id] = Reviews(review, before.retained_on)
        elif review.outcome == RETAINED:
            found[review.honour_id] = Reviews(before.open, shanghai_date(review.closed_at))
    return found


def _renewals_left(
    rows: Sequence[Any], definitions: Mapping[int, Definition], reviews: Mapping[int, Reviews]
) -> dict[int, int]:
    """{honour under review: how many more of its edition may be renewed this year}, where only a share may be.

    The titles of one edition expire together: those still live, and those that were up this year and are gone.
    """
    asked = {
        row.pk: (row.edition_id, share, shanghai_date(review.opened_at).year)
        for row in rows
        if row.status == HonourStatus.UNDER_REVIEW
        and (share := definitions[row.pk].supervision.renewed_share) is not None
        and (review := reviews.get(row.pk, Reviews()).open) is not None
    }
    counts = {key: _cohort(*key) for key in {(edition, year) for edition, _, year in asked.values()}}
    return {
        pk: _whole(share, counts[edition, year][0]) - counts[edition, year][1]
        for pk, (edition, share, year) in asked.items()
    }


def _whole(share: Fraction, size: int) -> int:
    return share.numerator * size // share.denominator


def _cohort(edition: int, year: int) -> tuple[int, int]:
    """(titles of the edition that are up in a year, those of them renewed in it)."""
    this_year = Q(rereviews__closed_at__year=year)
    counted = Honour.objects.filter(edition=edition).aggregate(
        up=Count("pk", filter=Q(status__in=[str(s) for s in LIVE_HONOUR]) | this_year, distinct=True),
        renewed=Count("pk", filter=this_year & Q(rereviews__outcome=RETAINED), distinct=True),
    )
    return counted["up"], counted["renewed"]
