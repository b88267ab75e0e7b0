"""One participant's task: the slate as this body has to answer it, and nothing of what others said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import VetoGround
from services.workflow.domain.refused import Refused
from services.workflow.domain.route import DEPARTMENT
from services.workflow.domain.rule_points import IMPORTED_SCORE, is_computed
from services.workflow.domain.scoring import parse_points
from services.workflow.domain.stages import Mode
from services.workflow.domain.standard import Criterion, RuleKind
from services.workflow.models import Ballot, Finding, Round, RoundTask, Score, SlateLine
from services.workflow.models.round import HUMAN
from services.workflow.queries.definitions import line_definition, slate_definition
from services.workflow.queries.figures import Figures, Measured, figures_of, imported_for
from services.workflow.queries.scores import scores_of, self_scores_of, verdict_on
from services.workflow.queries.sheets import own_on_slate
from services.workflow.queries.slates import counted

NOT_APPLICABLE_WORDS = frozenset({"n/a", "不适用"})
OUTSIDE_ROUND = ("self", "town")


@dataclass(frozen=True)
class TaskPage:
    """`lines` are all of the slate, struck ones too; `said` is this participant's own answer by case."""

    task: RoundTask
    round: Round
    definition: Definition
    leg: Leg
    lines: tuple[SlateLine, ...]
    said: Mapping[int, Any]
    criteria: tuple[Criterion, ...]
    grounds: tuple[VetoGround, ...]
    definitions: Mapping[int, Definition]
    figures: Figures = field(default_factory=dict)

    def measured(self, case: int, code: str) -> Mapping[str, Measured]:
        """The figures that count for one criterion of one case now, by their measure."""
        return self.figures.get(case, {}).get(code, {})

    def definition_for(self, case: int) -> Definition:
        """What holds for one line: its own category of the slate's track."""
        return self.definitions.get(case, self.definition)

    def is_asked(self, line: SlateLine, code: str) -> bool:
        """Whether a criterion holds for the subject of a line."""
        return code in self.definition_for(line.case_id).standard.by_code

    @property
    def mode(self) -> str:
        return str(self.round.mode)

    @property
    def may_answer(self) -> bool:
        """Once, while the task is open; a vote that was cast is cast anew until its round is closed."""
        return self.round.is_open and (self.task.is_open or self.may_change)

    @property
    def may_change(self) -> bool:
        return self.round.is_open and self.mode == Mode.VOTE and self.task.verdict != ""

    @property
    def asked(self) -> tuple[SlateLine, ...]:
        """The lines to be answered: those not struck."""
        return tuple(line for line in self.lines if line.struck_at is None)


def task_page(task_id: int, actor: Actor) -> TaskPage:
    """The task for its own participant. Refused: task.unknown."""
    task = (
        RoundTask.objects.filter(pk=task_id, flow_task_type=HUMAN)
        .select_related(
            "process__slate__edition__programme",
            "process__slate__objection__declaration__unit",
            "process__slate__objection__notice",
            "participant_unit",
            "assignee",
            "decided_by__member",
        )
        .first()
    )
    if task is None or not _is_own(task, actor):
        raise Refused("task.unknown", task=task_id)
    slate = task.process.slate
    definition = slate_definition(slate)
    lines = SlateLine.objects.filter(slate=slate).select_related("case__unit__town").order_by("position")
    scoring = task.process.mode == Mode.SCORING
    own = own_on_slate(slate, task.participant_unit, [line.case for line in lines]) if scoring else ()
    return TaskPage(
        task,
        task.process,
        definition,
        definition.legs[slate.leg],
        tuple(lines),
        _own_answer(task),
        own,
        tuple(g for g in definition.veto_grounds if g.owner == actor.unit_code),
        {line.case_id: line_definition(slate, line.case) for line in lines},
        _figures(lines, own) if scoring else {},
    )


def _figures(lines: Iterable[SlateLine], criteria: Sequence[Criterion]) -> Figures:
    """The figures behind these criteria, the scores of other programmes among them."""
    if not any(is_computed(criterion) for criterion in criteria):
        return {}
    found = figures_of([line.case_id for line in lines], DEPARTMENT)
    wanted = [criterion for criterion in criteria if criterion.rule is RuleKind.IMPORTED]
    units = {line.case_id: line.case.unit_id for line in lines}
    reached = imported_for({unit: {c.programme for c in wanted} for unit in units.values()}) if wanted else {}
    for case, unit in units.items():
        for criterion in wanted:
            if (unit, criterion.programme) in reached:
                own = {IMPORTED_SCORE.code: reached[unit, criterion.programme]}
                found.setdefault(case, {})[criterion.code] = own
    return found


def _is_own(task: RoundTask, actor: Actor) -> bool:
    body = (task.participant_role, task.participant_unit_id) == (actor.role, actor.unit_id)
    return body and task.assignee_id in {None, actor.member_id}


def _own_answer(task: RoundTask) -> dict[int, Any]:
    """{case: (verdict, note)}; in scoring {case: {criterion: text}} as it would be typed."""
    if task.process.mode == Mode.SCORING:
        sheet: dict[int, dict[str, str]] = {}
        for row in Score.objects.filter(task=task):
            text = "" if row.points is None else f"{row.points:.2f}"
            sheet.setdefault(row.case_id, {})[row.criterion] = "n/a" if row.not_applicable else text
        return sheet
    if task.process.mode == Mode.VOTE:
        return {row.case_id: (row.choice, row.reason) for row in counted(Ballot.objects.filter(task=task))}
    return {row.case_id: (row.verdict, row.note) for row in Finding.objects.filter(task=task)}


def present_in(round_: Round) -> tuple[int, int, int]:
    """(asked, answered, recused as a whole) of a round's participants."""
    rows = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, removed_at__isnull=True)
    verdicts = list(rows.values_list("verdict", flat=True))
    return len(verdicts), sum(1 for verdict in verdicts if verdict), verdicts.count("recused")


def standing_scores(page: TaskPage) -> dict[int, dict[str, Decimal]]:
    """{case: {tier: points}} that a committee member reads beside a line: self, town, and the departments' result."""
    cases = [line.case_id for line in page.lines]
    found: dict[int, dict[str, Decimal]] = {case: {} for case in cases}
    for tier in OUTSIDE_ROUND:
        sheets = self_scores_of(cases) if tier == "self" else scores_of(cases, tier)
        for case, sheet in sheets.items():
            found[case][tier] = verdict_on(page.definition_for(case), sheet).points
    for line in page.lines:
        if line.case.result_points is not None:
            found[line.case_id]["department"] = line.case.result_points
    return found


def is_not_applicable(text: str) -> bool:
    return text.strip().lower() in NOT_APPLICABLE_WORDS


def faults_of(
    page: TaskPage, typed: Mapping[tuple[int, str], str], lines: Sequence[SlateLine]
) -> dict[tuple[int, str], Refused]:
    """{(line, criterion): refusal} of everything typed that is no mark; what is empty is not scored yet, no fault."""
    faults: dict[tuple[int, str], Refused] = {}
    decimals = page.definition.standard.decimals
    for line in lines:
        for criterion in page.criteria:
            text = typed.get((line.pk, criterion.code), "").strip()
            unasked = is_computed(criterion) or not page.is_asked(line, criterion.code)
            if not text or is_not_applicable(text) or unasked:
                continue
            try:
                parse_points(text, criterion, decimals=decimals)
            except Refused as refusal:
                faults[line.pk, criterion.code] = refusal
    return faults
