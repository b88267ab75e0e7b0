"""Words for the parts of a scoring standard, and for the columns of its workbook."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.workflow.domain.standard import Bound, FigureKind, Method, RuleKind

RULES: dict[RuleKind, Promise] = {
    RuleKind.JUDGED: _("judged from zero to the maximum"),
    RuleKind.MEASURED: _("full points where the figure meets its threshold"),
    RuleKind.RATIO: _("full points where the ratio meets its threshold"),
    RuleKind.YES_NO: _("yes or no"),
    RuleKind.PROPORTIONAL: _("in proportion to the threshold"),
    RuleKind.DEDUCTION: _("a deduction for each miss"),
    RuleKind.ALL_OR_NOTHING: _("all or nothing"),
    RuleKind.TIERS: _("by tiers"),
    RuleKind.ZERO_TOLERANCE: _("no event at all"),
    RuleKind.IMPORTED: _("in proportion to the score in another programme"),
}

METHODS: dict[Method, Promise] = {
    Method.PAPERS: _("papers"),
    Method.HEARING: pgettext_lazy("method of assessment", "hearing"),
    Method.ON_SITE: _("on site"),
    Method.RECORDS: _("records check"),
    Method.SURVEY: _("survey of residents"),
}

FIGURES: dict[FigureKind, Promise] = {
    FigureKind.VALUE: pgettext_lazy("kind of figure", "value"),
    FigureKind.RATIO: pgettext_lazy("kind of figure", "ratio in per cent"),
    FigureKind.YES_NO: pgettext_lazy("kind of figure", "yes or no"),
    FigureKind.COUNT: pgettext_lazy("kind of figure", "count"),
}

BOUNDS: dict[Bound, Promise] = {
    Bound.AT_LEAST: _("at least"),
    Bound.AT_MOST: _("at most"),
}

COLUMNS: dict[str, Promise] = {
    "indicator": _("Indicator code"),
    "indicator_name": _("Indicator"),
    "indicator_points": _("Points of the indicator"),
    "criterion": _("Criterion code"),
    "name": _("Criterion"),
    "points": _("Points"),
    "scorer": _("Scored by"),
    "rule": _("Kind of rule"),
    "method": _("How it is assessed"),
    "requirement": _("Requirement"),
    "evidence": _("Evidence wanted, one a line"),
    "word_limit": _("Most characters"),
    "figure": _("Figure"),
    "figure_kind": _("Kind of figure"),
    "bound": _("Bound"),
    "needed": _("Threshold"),
    "unit": pgettext_lazy("of measurement", "Unit"),
    "per_miss": _("Points lost for each miss"),
    "bars_commendation": _("Bars commendation when unmet"),
    "mark": _("Mark"),
    "tiers": _("Tiers, one a line: from = points"),
    "categories": _("Only for these categories"),
    "due_on": _("Due on, month-day"),
    "programme": _("Programme the score comes from"),
    "track": pgettext_lazy("of a programme", "Track"),
}
