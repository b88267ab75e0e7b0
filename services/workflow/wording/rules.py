"""The rule of a criterion as a sentence: what gives how many points."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.workflow.domain.scoring import plain
from services.workflow.domain.standard import Bound, Criterion, FigureKind, Measure, RuleKind


def rule_sentence(criterion: Criterion) -> str:
    """How the points of a criterion arise, in the language in use."""
    return SENTENCES[criterion.rule](criterion)


def needed_words(measure: Measure) -> str:
    """The threshold of one figure; "" where it is only recorded."""
    if measure.needed is None:
        return ""
    words = _("at least %(n)s") if measure.bound is Bound.AT_LEAST else _("at most %(n)s")
    return words % {"n": plain(measure.needed)} + measure.unit


def _judged(criterion: Criterion) -> str:
    return _("judged, 0 to %(points)s points") % {"points": plain(criterion.points)}


def _threshold(criterion: Criterion) -> str:
    conditions = pgettext("between conditions", ", ").join(
        f"{measure.name}{needed_words(measure)}"
        for measure in criterion.measures
        if measure.needed is not None and measure.kind is not FigureKind.YES_NO
    )
    if not conditions:
        return _("yes: %(points)s points, no: 0") % {"points": plain(criterion.points)}
    return _("%(conditions)s: %(points)s points, else 0") % {
        "conditions": conditions,
        "points": plain(criterion.points),
    }


def _proportional(criterion: Criterion) -> str:
    first = criterion.measures[0] if criterion.measures else None
    needed = f"{plain(first.needed)}{first.unit}" if first and first.needed is not None else "100%"
    return _("%(points)s points at %(needed)s, below it in proportion") % {
        "points": plain(criterion.points),
        "needed": needed,
    }


def _deduction(criterion: Criterion) -> str:
    return _("%(points)s points less %(lost)s for each, never below 0") % {
        "points": plain(criterion.points),
        "lost": plain(criterion.per_miss) if criterion.per_miss is not None else "0",
    }


def _tiers(criterion: Criterion) -> str:
    unit = criterion.measures[0].unit if criterion.measures else ""
    steps = sorted(criterion.tiers, key=lambda tier: tier.reached_at)
    return pgettext("between tiers", "; ").join(
        _("from %(reached)s: %(points)s points")
        % {"reached": f"{plain(tier.reached_at)}{unit}", "points": plain(tier.points)}
        for tier in steps
    )


def _no_event(criterion: Criterion) -> str:
    return _("none: %(points)s points, any at all: 0") % {"points": plain(criterion.points)}


def _imported(criterion: Criterion) -> str:
    return _("in proportion to the score in programme %(programme)s") % {"programme": criterion.programme}


SENTENCES: dict[RuleKind, Callable[[Criterion], str]] = {
    RuleKind.JUDGED: _judged,
    RuleKind.MEASURED: _threshold,
    RuleKind.RATIO: _threshold,
    RuleKind.YES_NO: _threshold,
    RuleKind.ALL_OR_NOTHING: _threshold,
    RuleKind.PROPORTIONAL: _proportional,
    RuleKind.DEDUCTION: _deduction,
    RuleKind.TIERS: _tiers,
    RuleKind.ZERO_TOLERANCE: _no_event,
    RuleKind.IMPORTED: _imported,
}
