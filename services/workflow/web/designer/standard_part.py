"""The standard as forms: the list of its indicators, and one page for each with its criteria."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.workflow.web.designer import choices as c
from services.workflow.web.designer.fields import As, Field, Fold, Group, Rows

INDICATOR_LINE = (
    Field("code", _("Code"), required=True),
    Field("name", pgettext_lazy("of a standard", "Indicator"), required=True),
    Field("points", pgettext_lazy("at most", "Points"), As.NUMBER),
    Field("gap", _("Open: the document is cut off here"), As.TICK),
    Field("bonus", _("A bonus, beyond the total"), As.TICK),
)
STANDARD = Group(
    "standard",
    _("Standard of scoring"),
    (
        Field("total", _("Points in full"), As.NUMBER, required=True),
        Field("criteria_declared", _("Number of criteria that the document names"), As.WHOLE),
        Rows(
            "indicators",
            _("Indicators"),
            pgettext_lazy("of a standard", "Indicator"),
            INDICATOR_LINE,
            identity="code",
        ),
        Fold(
            _("How it is counted"),
            (
                Field("scale", _("What the total counts"), As.PICK, c.SCALES),
                Field("decimals", _("Decimal places"), As.WHOLE),
                Field("rounding", _("Rounding"), As.PICK, c.ROUNDINGS),
                Field("bonus_cap", _("Bonus at most"), As.NUMBER),
                Rows(
                    "method_weights",
                    _("Weights of the methods"),
                    _("Weight"),
                    (
                        Field("method", _("How it is assessed"), As.PICK, c.METHOD_KINDS, required=True),
                        Field("weight", _("Weight"), As.NUMBER, required=True),
                    ),
                ),
                Field("source", _("From which document")),
            ),
        ),
    ),
)
MEASURE = (
    Field("name", _("Figure"), required=True),
    Field("kind", _("Kind of figure"), As.PICK, c.FIGURE_KINDS, required=True),
    Field("unit", pgettext_lazy("of measurement", "Unit")),
    Field("bound", _("Bound"), As.PICK, c.BOUND_KINDS),
    Field("needed", _("Threshold"), As.NUMBER),
    Field("asked", _("Asked of the declaring unit"), As.YES_NO),
)
CRITERION = (
    Field("code", _("Code"), required=True),
    Field("name", pgettext_lazy("of a standard", "Criterion"), required=True),
    Field("points", pgettext_lazy("at most", "Points"), As.NUMBER, required=True),
    Field("scorer", _("Scored by"), As.PICK, "scorers", required=True),
    Field("rule", _("Kind of rule"), As.PICK, c.RULE_KINDS),
    Field("method", _("How it is assessed"), As.PICK, c.METHOD_KINDS),
    Field("requirement", _("Requirement"), As.AREA),
    Field("evidence", _("Evidence wanted, one a line"), As.LINES),
    Field("categories", _("Only for these categories"), As.MANY, "categories"),
    Fold(
        _("Figures and how the points arise"),
        (
            Rows("measures", _("Figures"), _("Figure"), MEASURE, identity="code", stem="figure"),
            Rows(
                "tiers",
                _("Tiers"),
                _("Tier"),
                (
                    Field("reached_at", _("From this figure on"), As.NUMBER, required=True),
                    Field("points", pgettext_lazy("at most", "Points"), As.NUMBER, required=True),
                ),
            ),
            Field("per_miss", _("Points lost for each miss"), As.NUMBER),
            Field("programme", _("Code of the programme whose score is taken over")),
            Field("due_on", _("Day of the year it is due"), hint=_("Month and day, such as 12-31")),
        ),
    ),
    Fold(
        _("What is asked of the declarant, and what it bars"),
        (
            Field("statement_wanted", _("A statement is wanted"), As.TICK),
            Field("word_limit", _("Most characters"), As.WHOLE),
            Field("bars_filing", _("Bars filing when unmet"), As.TICK),
            Field("bars_commendation", _("Bars commendation when unmet"), As.TICK),
            Field("example", _("An example, not from the document"), As.TICK),
            Field("source", _("From which document")),
        ),
    ),
)
INDICATOR = Fold(
    pgettext_lazy("of a standard", "Indicator"),
    (
        *INDICATOR_LINE,
        Field("floor", _("At least so many points of it"), As.NUMBER),
        Rows(
            "criteria", _("Criteria"), pgettext_lazy("of a standard", "Criterion"), CRITERION, identity="code"
        ),
    ),
)
