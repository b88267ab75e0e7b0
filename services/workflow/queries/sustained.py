"""How many objections against a holder were sustained since its title was last looked into."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from services.workflow.models import LedgerEntry, Objection, ReReview


def sustained_of(honours: Sequence[Any]) -> dict[int, int]:
    """{honour: objections against its unit, whatever the edition, sustained since the last review or the naming}."""
    since = _since([row.pk for row in honours])
    against = dict(
        Objection.objects.filter(declaration__unit__in={row.unit_id for row in honours}).values_list(
            "pk", "declaration__unit_id"
        )
    )
    sustained = [
        (against[case], at)
        for case, at in LedgerEntry.objects.filter(case_id__in=against, step="sustain").values_list(
            "case_id", "at"
        )
    ]
    return {
        row.pk: sum(unit == row.unit_id and at > since[row.pk] for unit, at in sustained) for row in honours
    }


def _since(ids: Sequence[int]) -> dict[int, datetime]:
    named = LedgerEntry.objects.filter(case_id__in=ids, seq=1).values_list("case_id", "at")
    reviewed = ReReview.objects.filter(honour__in=ids).values_list("honour").annotate(at=Max("opened_at"))
    return {**dict(named), **dict(reviewed.order_by())}
