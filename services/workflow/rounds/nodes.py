"""The nodes of which the flows are made, as subclasses of viewflow's own.

FanOut makes one task for each participant, Opinion is what a participant answers, Gather ends the round by
its rule. They write the rows of many participants at once, and look nothing up twice.
"""

# viewflow carries no types.
# mypy: disallow-subclassing-any=False, disallow-untyped-decorators=False

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import count
from typing import Any

from django.db.models import QuerySet
from viewflow.workflow import STATUS, Activation, Token
from viewflow.workflow.nodes import (
    Handle,
    HandleActivation,
    Join,
    JoinActivation,
    Split,
    SplitActivation,
    View,
)

from services.workflow.models.round import HUMAN, RoundStatus, RoundTask
from services.workflow.rounds.participants import Participant
from services.workflow.rounds.rule import RoundRule, Standing


class OpinionActivation(HandleActivation):
    """A participant's task: open until it is answered, or cancelled with the round."""

    @Activation.status.super()
    def cancel(self) -> None:
        self.task.version += 1
        super().cancel.original()


class Opinion(Handle):
    """A person's task that code completes: it looks like viewflow's View and needs none of its pages."""

    activation_class = OpinionActivation
    task_type = HUMAN
    bpmn_element = View.bpmn_element
    shape = View.shape

    def bpmn_content(self) -> str:
        return "<bpmn:multiInstanceLoopCharacteristics/>"


class FanOutActivation(SplitActivation):
    """One task for each participant named in `task.data`, and one for each other branch."""

    @Activation.status.super()
    def create_next(self) -> Iterator[Activation]:
        """Write the tasks of all branches in one statement, and their places in the graph in a second."""
        drafts: list[RoundTask] = []
        for node, _ in self.next_tasks:
            if isinstance(node, Opinion):
                drafts += [self._task(node, participant) for participant in self.task.data]
            else:
                drafts.append(self._task(node))
        yield from self._place(drafts, first=1)

    def ask(self, participants: Sequence[Participant]) -> list[RoundTask]:
        """Ask more participants after the round has been opened (加签)."""
        drafts = [self._task(self.flow_class.opinion, participant) for participant in participants]
        self._place(drafts, first=self.task.leading.count() + 1)
        return drafts

    def _task(self, node: Any, participant: Participant | None = None) -> RoundTask:
        task = RoundTask(process=self.process, flow_task=node, flow_task_type=node.task_type)
        if participant is not None:
            task.participant_unit_id = participant.unit_id
            task.participant_role = participant.role
            task.assignee_id = participant.member_id
            task.due_at = self.process.due_at
            task.due_provisional = self.process.due_provisional
        return task

    def _place(self, tasks: list[RoundTask], *, first: int) -> list[Activation]:
        for number, task in zip(count(first), tasks, strict=False):
            # The form of Token.split_token_source, which cannot go on from a number.
            task.token = Token(f"{self.task.token}/{self.task.pk}_{number}")
        RoundTask.objects.bulk_create(tasks)
        edge = RoundTask.previous.through
        edge.objects.bulk_create(
            edge(from_roundtask_id=task.pk, to_roundtask_id=self.task.pk) for task in tasks
        )
        return [task.flow_task.activation_class(task) for task in tasks]


class FanOut(Split):
    """Asks everybody at once."""

    activation_class = FanOutActivation


class GatherActivation(JoinActivation):
    """Ends the round when its rule says so or its organiser closes it; the rest is cancelled with it."""

    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Activation, token: Token, data: Any = None, seed: Any = None
    ) -> "GatherActivation":
        """As viewflow's own, with one look-up instead of three, and the round that is in hand already."""
        round_ = prev_activation.process
        task = RoundTask.objects.filter(
            process=round_, flow_task=flow_task, status__in=[STATUS.NEW, STATUS.STARTED]
        ).first()
        if task is None:
            task = RoundTask(process=round_, flow_task=flow_task, token=token.get_base_split_token())
            task.save()
        task.process = round_
        task.previous.add(prev_activation.task)
        return cls(task)

    @cached_property
    def ends(self) -> bool:
        """Read once: the round is locked and this activation lives for one answer."""
        rows = list(
            RoundTask.objects.filter(process=self.process)
            .exclude(status=RoundStatus.CANCELLED)
            .values_list("flow_task", "flow_task_type", "status", "verdict")
        )
        closed = any(
            node is self.flow_class.closing and status == RoundStatus.DONE for node, _, status, _ in rows
        )
        standing = Standing.of(verdict for _, kind, _, verdict in rows if kind == HUMAN)
        return closed or RoundRule.read(self.process.rule).ends(standing)

    def is_done(self) -> bool:
        return self.ends

    def _active_join_tasks(self, join_token_prefix: str) -> QuerySet[RoundTask]:
        return super()._active_join_tasks(join_token_prefix).select_related("process")  # type: ignore[no-any-return]


class Gather(Join):
    """A join that need not wait for everybody."""

    activation_class = GatherActivation

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(continue_on_condition=lambda activation, active_tasks: activation.ends, **kwargs)
