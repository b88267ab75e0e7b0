"""Facts of honours."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Max, Q

from services.workflow.domain.calendar import shanghai_date, years_after
from services.workflow.domain.facts import HonourFacts
from services.workflow.domain.programme import Definition
from services.workflow.domain.stages import LIVE_HONOUR, HonourStatus
from services.workflow.models import Declaration, Honour, LedgerEntry, Rectification, ReReview
from services.workflow.queries.declaration_facts import seat_of
from services.workflow.queries.definitions import definition_for, kind_of_track, unit_ids
from services.workflow.queries.scores import scores_of, verdict_on

RETAINED = "retain"


def of_honours(rows: Sequence[Any], common: dict[int, dict[str, Any]]) -> list[HonourFacts]:
    """Facts of each honour: judged by the open re-review's version, or the one it was earned under."""
    ids = [row.pk for row in rows]
    reviews = _open_reviews(ids)
    opened = [review.pk for review in reviews.values()]
    sheets = scores_of(ids, "rereview", rereviews=opened) if opened else {}
    definitions = _definitions(rows, reviews)
    units = unit_ids(*{id(each): each for each in definitions.values()}.values())
    rectified = dict(
        Rectification.objects.filter(honour__in=ids).order_by("pk").values_list("honour_id", "status")
    )
    renewals = _renewals_left(rows, definitions, reviews)
    with_term = [pk for pk, definition in definitions.items() if definition.supervision.term_years]
    retained = _retained_on(with_term) if with_term else {}
    facts = []
    for row in rows:
        definition = definitions[row.pk]
        rule = definition.supervision
        ends = (
            years_after(retained.get(row.pk, row.conferred_on), rule.term_years) if rule.term_years else None
        )
        facts.append(
            HonourFacts(
                **common[row.pk],
                definition=definition,
                reviewer=seat_of(rule.rereview_body, row, units),
                proposer=seat_of(rule.revocation_proposer, row, units),
                decider=seat_of(rule.revocation_decider, row, units),
                verdict=verdict_on(definition, sheets.get(row.pk, {})) if row.pk in reviews else None,
                rectification=rectified.get(row.pk, ""),
                term_ended=ends is not None and shanghai_date(common[row.pk]["now"]) >= ends,
                term_ends_on=ends,
                renewals_left=renewals.get(row.pk),
            )
        )
    return facts


def _definitions(rows: Sequence[Any], reviews: Mapping[int, ReReview]) -> dict[int, Definition]:
    """What each honour is judged by, on the track and in the category that it was declared in."""
    declared = Declaration.objects.filter(pk__in=[row.declaration_id for row in rows])
    tracks = {
        pk: (track, category) for pk, track, category in declared.values_list("pk", "track", "category")
    }
    found = {}
    for row in rows:
        track, category = tracks[row.declaration_id]
        review = reviews.get(row.pk)
        version = review.definition_version_id if review else row.earned_under_id
        found[row.pk] = definition_for(version, kind_of_track(row.earned_under_id, track), category)
    return found


def _open_reviews(ids: Sequence[int]) -> dict[int, ReReview]:
    return {each.honour_id: each for each in ReReview.objects.filter(honour__in=ids, closed_at__isnull=True)}


def _retained_on(ids: Sequence[int]) -> dict[int, date]:
    """The day from which each term is counted anew: a re-review passed, what it asked for put right, a warning lifted.

    Of the ledger, not of the re-reviews: one that ended in a rectification does not know that it was accepted.
    """
    entries = LedgerEntry.objects.filter(case_id__in=ids, step=RETAINED)
    last = entries.values_list("case_id").annotate(at=Max("at")).order_by()
    return {case: shanghai_date(at) for case, at in last}


def _renewals_left(
    rows: Sequence[Any], definitions: Mapping[int, Definition], reviews: Mapping[int, ReReview]
) -> dict[int, int]:
    """{honour under review: how many more of its edition may be renewed this year}, where only a share may be.

    The titles of one edition expire together: those still live, and those that were up this year and are gone.
    """
    asked = {
        row.pk: (row.edition_id, share, shanghai_date(review.opened_at).year)
        for row in rows
        if row.status == HonourStatus.UNDER_REVIEW
        and (share := definitions[row.pk].supervision.renewed_share) is not None
        and (review := reviews.get(row.pk)) is not None
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
