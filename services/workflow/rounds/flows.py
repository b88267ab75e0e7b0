"""The five kinds of round, as viewflow flows.

All have one shape: opened by code, everybody asked at once, closed when the rule is met or by the organiser:

    start -> ask -> opinion (one for each participant) -> gather -> record -> end
                 -> closing (the organiser's)          ->

A clearance looks at who was silent before it is recorded. The last nodes only record the outcome; what
follows from it is a command's to do. Commands use opening.py, answering.py, closing.py and cosigning.py only.
"""

# viewflow carries no types.
# mypy: disallow-subclassing-any=False, disallow-untyped-decorators=False

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import Activation, Flow
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.nodes import End, Function, Handle, If, StartHandle

from services.workflow.domain.stages import FINDING, Mode
from services.workflow.domain.tally import quorum_of, signatures_needed
from services.workflow.models.round import HUMAN, Round, RoundStatus, RoundTask
from services.workflow.rounds.nodes import FanOut, Gather, Opinion
from services.workflow.rounds.rule import RoundRule, Standing


class RoundFlow(Flow):
    """What every round has: its tables and the waiting lock."""

    process_class = Round
    task_class = RoundTask
    # viewflow's default takes no lock: every task was decided up to eight times under eight clients.
    lock_impl = SelectForUpdateLock(nowait=False)

    def begin(self, activation: Activation, **columns: Any) -> Round:
        for name, value in columns.items():
            setattr(activation.process, name, value)
        return activation.process  # type: ignore[no-any-return]

    def keep_outcome(self, activation: Activation) -> None:
        """Put together what happened; the end node writes it with the status, in one statement.

        The round closes at the moment of its last answer, or when the organiser closed it.
        """
        round_ = activation.process
        tasks = list(round_.task_set.select_related(None).order_by("id"))
        asked = [task for task in tasks if task.flow_task_type == HUMAN and task.removed_at is None]
        closing = next(task for task in tasks if task.flow_task is self.closing)
        moments: list[datetime] = [task.decided_at for task in tasks if task.decided_at is not None]
        standing = Standing.of(task.verdict for task in asked)
        round_.closed_at = max(moments)
        round_.outcome = {
            "closed_by_organiser": closing.status == RoundStatus.DONE,
            "asked": standing.asked,
            "answered": standing.answered,
            "verdicts": dict(Counter(task.verdict for task in asked if task.verdict)),
            "silent": [
                {"unit": t.participant_unit_id, "role": t.participant_role, "member": t.assignee_id}
                for t in asked
                if not t.verdict
            ],
            **(round_.outcome or {}),
            **self.findings(RoundRule.read(round_.rule), standing),
        }

    def findings(self, rule: RoundRule, standing: Standing) -> dict[str, object]:
        """What this kind of round adds to the outcome."""
        return {}


class Asking:
    """The nodes every flow has; a plain class, because viewflow binds the nodes of a flow class for good."""

    start = (
        StartHandle(this.begin)
        .Annotation(title=_("Round opened"))
        .Next(this.ask, task_data=lambda activation: activation.task.data)
    )
    ask = FanOut().Annotation(title=_("Ask everybody")).Next(this.opinion).Next(this.closing)
    opinion = Opinion().Annotation(title=_("Opinion of a participant")).Next(this.gather)
    closing = Handle().Annotation(title=_("Closed by the organiser")).Next(this.gather)
    gather = Gather().Annotation(title=_("Enough answers")).Next(this.record)
    record = Function(this.keep_outcome).Annotation(title=_("Record the outcome")).Next(this.end)
    end = End().Annotation(title=_("Round closed"))


class ClearanceRound(Asking, RoundFlow):
    """Departments say whether anything stands against a line."""

    process_title = _("Clearance round")

    gather = Gather().Annotation(title=_("Enough answers")).Next(this.silence)
    silence = (
        If(this.somebody_silent).Annotation(title=_("Was anybody silent?")).Then(this.deem).Else(this.record)
    )
    deem = Function(this.deem_none).Annotation(title=_("Deem silence no objection")).Next(this.record)

    def somebody_silent(self, activation: Activation) -> bool:
        silent = RoundTask.objects.filter(
            process=activation.process,
            flow_task_type=HUMAN,
            status=RoundStatus.CANCELLED,
            removed_at__isnull=True,
        )
        return silent.exists()

    def deem_none(self, activation: Activation) -> None:
        activation.process.outcome = {"silence": "deemed_none"}


class CountersignRound(Asking, RoundFlow):
    """Bodies agree to the slate, with exceptions by line."""

    process_title = _("Countersigning round")

    def findings(self, rule: RoundRule, standing: Standing) -> dict[str, object]:
        return {
            "needed": signatures_needed(standing.asked, rule.countersign),
            "passes": rule.passes(standing),
        }


class ScoringRound(Asking, RoundFlow):
    """Departments score their own criteria."""

    process_title = _("Scoring round")


class VoteRound(Asking, RoundFlow):
    """Members of a committee vote line by line; one task for each."""

    process_title = _("Committee vote")

    def findings(self, rule: RoundRule, standing: Standing) -> dict[str, object]:
        present = standing.answered - standing.recused
        quorum = quorum_of(standing.asked - standing.recused, rule.vote)
        return {"present": present, "quorum": quorum, "quorate": present >= quorum}


class FindingRound(Asking, RoundFlow):
    """Bodies say what they found of an objection."""

    process_title = _("Joint finding on an objection")


FLOWS: Mapping[str, type[RoundFlow]] = {
    Mode.CLEARANCE: ClearanceRound,
    Mode.COUNTERSIGN: CountersignRound,
    Mode.SCORING: ScoringRound,
    Mode.VOTE: VoteRound,
    FINDING: FindingRound,
}
