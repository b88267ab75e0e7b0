"""The form of one criterion: points, statement, and the figures its measures ask for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.workflow.domain.scoring import plain
from services.workflow.domain.standard import Bound, Criterion, FigureKind, Measure
from services.workflow.queries.declaration_page import Line
from services.workflow.web.forms import line as text_line
from services.workflow.web.forms import text

NOT_APPLICABLE = "n/a"
RATIO_PARTS = ("numerator", "denominator")


def section_form(line: Line, sent: Mapping[str, Any] | None = None) -> forms.Form:
    """The form of a criterion, filled with what is kept or with what was sent."""
    criterion = line.criterion
    fields: dict[str, forms.Field] = {}
    for measure in criterion.measures:
        if measure.asked:
            fields.update(_fields_of(measure))
    hint = _("0 to %(maximum)s, at most 2 decimals") % {"maximum": plain(criterion.points)}
    fields["points"] = text_line(_("Self-score"), hint=hint, required=False, inputmode="decimal")
    wanted = criterion.statement_wanted
    limit = _("At most %(n)s characters") % {"n": criterion.word_limit}
    fields["statement"] = text(pgettext("of a declaration", "Statement"), required=False, hint=limit)
    fields["not_applicable"] = forms.BooleanField(
        label=_("This criterion does not apply to our unit"),
        help_text=_("It then leaves the total on both sides; say why in the statement"),
        required=False,
        widget=forms.CheckboxInput({"class": "tick-box"}),
    )
    for name, field in fields.items():
        field.unmarked = name != "not_applicable" and (name != "statement" or wanted)  # type: ignore[attr-defined]  # read by form_field.html
    made: type[forms.Form] = type("SectionForm", (forms.Form,), fields)
    return made(sent, initial=kept(line)) if sent is not None else made(initial=kept(line))


def _fields_of(measure: Measure) -> dict[str, forms.Field]:
    hint = _needed(measure)
    if measure.kind is FigureKind.RATIO:
        labels = (_("%(name)s: how many meet it"), _("%(name)s: out of how many"))
        return {
            f"f-{measure.code}-{part}": text_line(
                label % {"name": measure.name}, hint=hint if part == "denominator" else "", required=False,
                inputmode="decimal",
            )
            for part, label in zip(RATIO_PARTS, labels, strict=True)
        }  # fmt: skip
    name = f"f-{measure.code}-value"
    if measure.kind is FigureKind.YES_NO:
        choices = [("1", pgettext("answer", "Yes")), ("0", pgettext("answer", "No"))]
        widget = forms.RadioSelect({"class": "radio"})
        return {name: forms.ChoiceField(label=measure.name, choices=choices, required=False, widget=widget)}
    label = f"{measure.name}（{measure.unit}）" if measure.unit else measure.name
    return {name: text_line(label, hint=hint, required=False, inputmode="decimal")}


def _needed(measure: Measure) -> str:
    if measure.needed is None:
        return ""
    words = _("Needed: at least %(n)s") if measure.bound is Bound.AT_LEAST else _("Needed: at most %(n)s")
    return words % {"n": plain(measure.needed)} + measure.unit


def kept(line: Line) -> dict[str, Any]:
    """What is kept, by the names of the form's fields."""
    answer = line.answer
    if answer is None:
        return {}
    figures = {
        f"f-{code}-{part}": plain_text(value)
        for code, parts in answer.figures.items()
        for part, value in parts.items()
    }
    points = "" if answer.points is None else f"{answer.points}"
    given = {"points": points, "statement": answer.statement, "not_applicable": answer.not_applicable}
    return {**given, **figures}


def plain_text(value: object) -> str:
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def values_of(criterion: Criterion, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, as commands/declare.py takes it."""
    figures: dict[str, dict[str, Any]] = {}
    for measure in criterion.measures:
        if measure.asked:
            parts = RATIO_PARTS if measure.kind is FigureKind.RATIO else ("value",)
            figures[measure.code] = {part: sent.get(f"f-{measure.code}-{part}", "") for part in parts}
    points = NOT_APPLICABLE if sent.get("not_applicable") else sent.get("points", "")
    return {"points": points, "statement": sent.get("statement", ""), "figures": figures}
