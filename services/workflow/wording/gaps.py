"""Sentences for what a declaration still lacks; the same words stand at the field and in the list."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.workflow.domain.gaps import Gap
from services.workflow.domain.scoring import plain
from services.workflow.domain.standard import Bound

GAPS: dict[str, Promise] = {
    "answer.missing": _("Not filled in yet"),
    "answer.points_missing": _("The self-score is missing"),
    "answer.statement_missing": _("The statement is missing"),
    "answer.statement_too_long": _("The statement has %(declared)s characters; the limit is %(needed)s"),
    "answer.reason_missing": _("Say why this criterion does not apply"),
    "answer.evidence_missing": _("Evidence missing, %(lacking)s of %(needed)s: %(wanted)s"),
    "answer.figure_missing": _("%(measure)s is missing"),
    "answer.figure_impossible": _("%(measure)s is not possible; check the numbers"),
}
UNMET = {
    Bound.AT_LEAST: _("%(measure)s: at least %(needed)s%(unit)s needed, %(declared)s%(unit)s declared"),
    Bound.AT_MOST: _("%(measure)s: at most %(needed)s%(unit)s allowed, %(declared)s%(unit)s declared"),
}


def gap_sentence(gap: Gap) -> str:
    """What is missing or falls short, in the language in use and with its numbers."""
    sentence = UNMET[gap.bound] if gap.code == "answer.threshold_unmet" else GAPS[gap.code]
    needed, declared = gap.needed, gap.declared
    lacking = needed - declared if needed is not None and declared is not None else None
    return str(sentence) % {
        "measure": gap.measure,
        "unit": gap.unit,
        "needed": "" if needed is None else plain(needed),
        "declared": "" if declared is None else plain(declared),
        "lacking": "" if lacking is None else plain(lacking),
        "wanted": "、".join(gap.wanted),
    }
