"""One declaration as its unit fills it in: answers, files and gaps by criterion, and what they add up to."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.gaps import Gap
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.domain.scoring import ScoreTotal, total
from services.workflow.domain.stages import Role, Stage
from services.workflow.domain.standard import Criterion, Indicator
from services.workflow.models import Answer, Declaration, Edition, Evidence, LedgerEntry, Unit
from services.workflow.queries.declaration_facts import gaps_of
from services.workflow.queries.definitions import declaration_definition
from services.workflow.queries.rights import visible_to
from services.workflow.queries.scores import self_scores_of

EDITABLE = (Stage.DRAFT, Stage.RETURNED)
STATES = ("done", "under_way", "to_correct", "not_begun")


@dataclass(frozen=True)
class Line:
    """One criterion with what the unit gave for it. `state` is one of STATES."""

    indicator: Indicator
    criterion: Criterion
    answer: Answer | None
    files: tuple[Evidence, ...]
    gaps: tuple[Gap, ...]

    @property
    def points(self) -> Decimal | None:
        return self.answer.points if self.answer else None

    @property
    def state(self) -> str:
        if any(gap.code == "answer.missing" for gap in self.gaps):
            return "not_begun"
        blocks = [gap for gap in self.gaps if gap.blocks]
        if not blocks:
            return "done"
        half = all(gap.code in {"answer.points_missing", "answer.figure_missing"} for gap in blocks)
        return "under_way" if half else "to_correct"


@dataclass(frozen=True)
class Sheet:
    """The whole declaration. `may_edit` is whether this actor may write in it now."""

    declaration: Declaration
    edition: Edition
    definition: Definition
    lines: tuple[Line, ...]
    total: ScoreTotal
    may_edit: bool

    @property
    def blocking(self) -> tuple[Gap, ...]:
        return tuple(gap for line in self.lines for gap in line.gaps if gap.blocks)

    @property
    def next_open(self) -> Line | None:
        return next((line for line in self.lines if line.state != "done"), None)

    @property
    def saved_at(self) -> Any:
        return max((line.answer.saved_at for line in self.lines if line.answer), default=None)

    def line(self, code: str) -> Line:
        found = next((line for line in self.lines if line.criterion.code == code), None)
        if found is None:
            raise Refused("case.not_found", case=code)
        return found

    def neighbours(self, code: str) -> tuple[Line | None, Line | None]:
        at = next(n for n, line in enumerate(self.lines) if line.criterion.code == code)
        before = self.lines[at - 1] if at else None
        return before, self.lines[at + 1] if at + 1 < len(self.lines) else None


def sheet_of(declaration_id: int, by: Actor) -> Sheet:
    """The declaration with all its lines, in a number of statements that does not grow. Refused: case.not_found."""
    rows = visible_to(by, Declaration).select_related("edition__programme", "unit__town", "office_unit")
    declaration = rows.filter(pk=declaration_id).first()
    if declaration is None:
        raise Refused("case.not_found", case=declaration_id)
    definition = declaration_definition(declaration)
    answers = {a.criterion: a for a in declaration.answers.select_related("saved_by")}
    files: dict[str, list[Evidence]] = {}
    for file in Evidence.objects.filter(declaration=declaration, removed_at__isnull=True).order_by("pk"):
        files.setdefault(file.criterion, []).append(file)
    gaps: dict[str, list[Gap]] = {}
    for gap in gaps_of(declaration, definition):
        gaps.setdefault(gap.criterion, []).append(gap)
    lines = tuple(
        Line(
            indicator,
            criterion,
            answers.get(criterion.code),
            tuple(files.get(criterion.code, ())),
            tuple(gaps.get(criterion.code, ())),
        )
        for indicator, criterion in definition.standard.lines
    )
    scores = self_scores_of([declaration.pk]).get(declaration.pk, {})
    own = by.role == Role.DECLARANT and by.unit_id == declaration.unit_id
    return Sheet(
        declaration,
        declaration.edition,
        definition,
        lines,
        total(definition.standard, scores),
        may_edit=own and declaration.stage in EDITABLE,
    )


def last_return(declaration_id: int) -> LedgerEntry | None:
    """The last time it was returned, with the words that say what to correct."""
    entries = LedgerEntry.objects.filter(case_id=declaration_id, step="return")
    return entries.select_related("office__unit", "reason").order_by("-seq").first()


def file_of(evidence_id: int, by: Actor) -> Evidence:
    """An evidence file of a declaration that this actor may see. Refused: evidence.not_found."""
    seen = visible_to(by, Declaration).values("pk")
    evidence = Evidence.objects.filter(pk=evidence_id, declaration__in=seen, removed_at__isnull=True).first()
    if evidence is None:
        raise Refused("evidence.not_found", evidence=evidence_id)
    return evidence


def parent_name(by: Actor) -> str:
    """The unit above this one, such as the community that a person works in."""
    return Unit.objects.filter(children=by.unit_id or 0).values_list("name", flat=True).first() or ""


def town_name(by: Actor) -> str:
    """The town that receives what this unit files."""
    return Unit.objects.filter(pk=by.town_id or 0).values_list("name", flat=True).first() or ""
