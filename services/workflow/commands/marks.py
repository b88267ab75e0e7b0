"""Writing scores: points that a person typed, and points that follow from figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.figures import Figure, amount
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.domain.rule_points import IMPORTED_SCORE, is_computed, rule_points
from services.workflow.domain.scoring import parse_points, plain
from services.workflow.domain.standard import Criterion, RuleKind
from services.workflow.models import Measurement, Score
from services.workflow.queries.figures import Figures, Measured, figures_of, imported_for

SOURCE_LIMIT = 200
NOT_APPLICABLE_WORDS = frozenset({"n/a", "不适用"})
PARTS = ("value", "numerator", "denominator")


@dataclass(frozen=True)
class Sheet:
    """What was said of one case: {criterion: points, "n/a", or {"points", "figures", "source", "on"}}."""

    case_id: int
    unit_id: int
    definition: Definition
    given: Mapping[str, Any]

    def said(self, code: str) -> Mapping[str, Any]:
        value = self.given[code]
        return value if isinstance(value, Mapping) else {"points": value}

    def criterion(self, code: str) -> Criterion:
        found = self.definition.standard.by_code.get(code)
        if found is None:
            raise Refused("score.unknown_criterion", criterion=code)
        return found


def keep_marks(
    tx: Transaction,
    sheets: Sequence[Sheet],
    tier: str,
    *,
    since: datetime | None = None,
    **owner: Any,
) -> list[Score]:
    """Write one tier's scores of many cases in a number of statements that does not grow; returns the rows.

    A criterion whose rule computes takes figures, those given here or measured before; points typed for it without
    figures are refused. One that is imported takes what the unit reached elsewhere. A row without points is not scored.
    """
    for sheet in sheets:
        if not isinstance(sheet.given, Mapping):
            raise Refused("field.invalid", field="scores")
    measured = [row for sheet in sheets for code in sheet.given for row in _measured(tx, sheet, code, tier)]
    Measurement.objects.bulk_create(measured)
    figures = _figures(sheets, tier, since)
    imported = imported_for(_imports(sheets))
    rows = [
        _row(tx, sheet, str(code), tier, figures, imported, owner) for sheet in sheets for code in sheet.given
    ]
    Score.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case_id", "tier", "criterion", "task", "rereview"],
        update_fields=["points", "not_applicable", "note", "office", "at"],
    )
    return rows


def points_of(definition: Any, code: str, given: object) -> tuple[Any, bool]:
    """(points, not applicable) of what was typed for one criterion; None points where nothing was."""
    criterion = definition.standard.by_code.get(code)
    if criterion is None:
        raise Refused("score.unknown_criterion", criterion=code)
    if given in NOT_APPLICABLE_WORDS:
        return None, True
    if given is None or str(given).strip() == "":
        return None, False
    return parse_points(str(given), criterion, decimals=definition.standard.decimals), False


def figure_row(  # one figure with all that is said of it
    tx: Transaction, case_id: int, tier: str, criterion: Criterion, measure: str, said: Mapping[str, Any]
) -> Measurement:
    """A figure as it is kept, with source and day. Refused: measure.unknown, measure.impossible, measure.in_future."""
    asked = next((each for each in criterion.measures if each.code == measure), None)
    if asked is None or criterion.rule is RuleKind.IMPORTED:
        raise Refused("measure.unknown", criterion=criterion.code, measure=measure)
    parts = {name: _part(said, name) for name in PARTS}
    if amount(asked, Figure(**parts)) is None:
        raise Refused("measure.impossible", criterion=criterion.code, measure=asked.name)
    taken_on = f.day(said, "on") if said.get("on") else shanghai_date(tx.at)
    if taken_on > shanghai_date(tx.at):
        raise Refused("measure.in_future")
    return Measurement(
        case_id=case_id,
        tier=tier,
        criterion=criterion.code,
        measure=measure,
        source=f.text(said, "source", limit=SOURCE_LIMIT),
        taken_on=taken_on,
        office_id=tx.by.office,
        at=tx.at,
        **parts,
    )


def _part(said: Mapping[str, Any], name: str) -> Decimal | None:
    given = said.get(name)
    return None if given is None or str(given).strip() == "" else f.decimal(given, name)


def _measured(tx: Transaction, sheet: Sheet, code: str, tier: str) -> list[Measurement]:
    """The figures that came with a mark; `source` and `on` hold for all of them."""
    said, criterion = sheet.said(code), sheet.criterion(code)
    figures = said.get("figures") or {}
    if not isinstance(figures, Mapping) or not all(isinstance(parts, Mapping) for parts in figures.values()):
        raise Refused("field.invalid", field="figures")
    told = {name: said[name] for name in ("source", "on") if name in said}
    rows = [
        figure_row(tx, sheet.case_id, tier, criterion, str(measure), {**told, **parts})
        for measure, parts in figures.items()
    ]
    typed = str(said.get("points") or "").strip()
    if is_computed(criterion) and typed and typed not in NOT_APPLICABLE_WORDS and not rows:
        raise Refused("score.computed", criterion=code)
    return rows


def _figures(sheets: Sequence[Sheet], tier: str, since: datetime | None) -> Figures:
    asked = [s.case_id for s in sheets if any(is_computed(s.criterion(code)) for code in s.given)]
    return figures_of(asked, tier, since=since) if asked else {}


def _imports(sheets: Sequence[Sheet]) -> dict[int, set[str]]:
    wanted: dict[int, set[str]] = {}
    for sheet in sheets:
        for code in sheet.given:
            criterion = sheet.criterion(code)
            if criterion.rule is RuleKind.IMPORTED:
                wanted.setdefault(sheet.unit_id, set()).add(criterion.programme)
    return wanted


def _row(  # all that a mark may rest on
    tx: Transaction,
    sheet: Sheet,
    code: str,
    tier: str,
    figures: Figures,
    imported: Mapping[tuple[int, str], Measured],
    owner: Mapping[str, Any],
) -> Score:
    criterion, said = sheet.criterion(code), sheet.said(code)
    note = str(said.get("note") or "")[: f.TEXT_LIMIT]
    points, not_applicable = None, said.get("points") in NOT_APPLICABLE_WORDS
    if not is_computed(criterion):
        points, not_applicable = points_of(sheet.definition, code, said.get("points"))
    elif not not_applicable:
        found = figures.get(sheet.case_id, {}).get(code, {})
        if criterion.rule is RuleKind.IMPORTED:
            reached = imported.get((sheet.unit_id, criterion.programme))
            found = {IMPORTED_SCORE.code: reached} if reached else {}
        points = computed(criterion, found, sheet.definition)
        note = note or source_text(found)
    return Score(
        case_id=sheet.case_id,
        tier=tier,
        criterion=code,
        points=points,
        not_applicable=not_applicable,
        note=note,
        office_id=tx.by.office,
        at=tx.at,
        **owner,
    )


def computed(criterion: Criterion, found: Mapping[str, Measured], definition: Definition) -> Decimal | None:
    """The points that follow from the figures that count; None while one is missing."""
    figures = {measure: measured.figure for measure, measured in found.items()}
    return rule_points(criterion, figures, decimals=definition.standard.decimals)


def source_text(found: Mapping[str, Measured]) -> str:
    """What a computed mark rests on, as it is read beside it: the figures, their source and day."""
    return "；".join(
        " ".join(filter(None, (_figure_text(one.figure), one.source, _on(one.taken_on))))
        for one in found.values()
    )


def _figure_text(figure: Figure) -> str:
    if figure.value is not None:
        return plain(figure.value)
    return f"{plain(figure.numerator or Decimal(0))}/{plain(figure.denominator or Decimal(0))}"


def _on(day: date | None) -> str:
    return day.isoformat() if day else ""
