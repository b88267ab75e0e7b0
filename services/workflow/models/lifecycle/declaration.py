"""The life of a declaration: one edition of one unit, along the legs of its programme's route."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django_fsm import GET_STATE, transition

from services.workflow.domain.access import (
    is_decider,
    is_declarant,
    is_ground_owner,
    is_organiser,
    is_reviewing_body,
    is_system,
    is_waiting_body,
)
from services.workflow.domain.facts import DeclarationFacts
from services.workflow.domain.guards import (
    has_a_ground_left,
    has_no_open_objection,
    has_scored_here,
    is_complete,
    is_in_no_round,
    is_not_vetoed,
    is_vetoed,
    is_vetoed_or_sustained,
    leg_mode_is,
    may_be_named_now,
    may_return_there,
    nobody_acted_since,
    notice_is_closed,
    notice_is_released,
    reaches_mark_here,
    round_carried,
    version_is_chosen,
)
from services.workflow.domain.route import usual_return
from services.workflow.domain.stages import RETURNABLE, REVIEWING, Mode, Stage
from services.workflow.models.fields import PlaceField
from services.workflow.models.lifecycle.asked import TO_ASSESS, TO_DECIDE, TO_ENDORSE, TO_FILE
from services.workflow.models.lifecycle.rescoring import RescoringLifecycle


def stage_at_leg(declaration: Any) -> Stage:
    """The stage of the leg that the step has just moved to."""
    return declaration.facts.stage_at(declaration.leg)  # type: ignore[no-any-return]


def stage_sent_back_to(declaration: Any) -> Stage:
    """Returned at the unit; at an earlier leg the stage of that leg, whose body has every act of its own again."""
    return stage_at_leg(declaration) if declaration.leg else Stage.RETURNED


# A route ends with its naming leg, and only `confer` leads out of that one.
ONWARD = GET_STATE(stage_at_leg, states=REVIEWING)
JUDGED = list(RETURNABLE)
SENT_BACK = GET_STATE(stage_sent_back_to, states=[Stage.RETURNED, *JUDGED])
BEFORE_NAMING = [Stage.DRAFT, Stage.RETURNED, *JUDGED]
VETOABLE = [Stage.RETURNED, *REVIEWING]
GOING_ON = [Stage.DRAFT, *VETOABLE]


class DeclarationLifecycle(RescoringLifecycle):
    """`facts` (DeclarationFacts) are put on the row by queries/facts.py before a step is asked or taken."""

    stage = PlaceField(
        choices=[(str(s), str(s)) for s in Stage], default=str(Stage.DRAFT), protected=True, max_length=24
    )

    # Columns of the row that the steps read and set (models/case.py, models/declaration.py).
    if TYPE_CHECKING:
        facts: DeclarationFacts
        leg: models.SmallIntegerField[Any, Any]
        return_leg: models.SmallIntegerField[Any, Any]
        asked_before: list[int]
        waiting_unit_id: int | None

    returned_to: int | None = None  # the leg chosen for a correction; put on the row by the command

    class Meta:
        abstract = True

    def _go_on(self) -> None:
        """To the next leg that the case's draw does not pass by; after a correction back to whoever asked."""
        self.leg = self.facts.resumes_at(self.leg, self.return_leg)
        if self.return_leg is not None and self.leg >= self.return_leg:
            self.return_leg = next(iter(self.asked_before[-1:]), None)
            self.asked_before = self.asked_before[:-1]

    @transition(field=stage, source=Stage.DRAFT, target=ONWARD, conditions=TO_FILE, permission=is_declarant)
    def submit(self) -> None:
        """The unit hands its declaration to the first body on the route."""
        self.leg = self.facts.after(0)

    @transition(
        field=stage,
        source=Stage.RETURNED,
        target=ONWARD,
        conditions=[is_not_vetoed, is_complete, reaches_mark_here],
        permission=is_declarant,
    )
    def resubmit(self) -> None:
        """After correction straight back to the leg that asked, or through the legs between, as its rule says."""
        self._go_on()

    @transition(
        field=stage,
        source=Stage.PRELIMINARY_REVIEW,
        target=Stage.DRAFT,
        conditions=[nobody_acted_since, is_not_vetoed],
        permission=is_declarant,
    )
    def take_back(self) -> None:
        """Before anybody acted the unit may take its declaration back and go on writing."""
        self.leg = 0
        self.return_leg, self.asked_before = None, []

    @transition(field=stage, source=BEFORE_NAMING, target=Stage.WITHDRAWN, permission=is_declarant)
    def withdraw(self) -> None:
        """The unit steps out of the edition."""

    @transition(field=stage, source=GOING_ON, target=None, permission=is_declarant)
    def hand_over(self) -> None:
        """Another person of the unit is the applicant of record from here on."""

    @transition(
        field=stage,
        source=JUDGED,
        target=SENT_BACK,
        conditions=[is_not_vetoed, may_return_there],
        permission=is_reviewing_body,
    )
    def return_(self) -> None:
        """Back to the unit, or to an earlier leg, for correction; the row keeps the legs that asked."""
        choices, chosen = self.facts.may_return_to(self.leg), self.returned_to
        earlier = [] if self.return_leg is None else [self.return_leg]
        self.asked_before, self.return_leg = [*self.asked_before, *earlier], self.leg
        self.leg = usual_return(choices) if chosen is None else chosen

    @transition(
        field=stage,
        source=Stage.PRELIMINARY_REVIEW,
        target=ONWARD,
        conditions=TO_ENDORSE,
        permission=is_waiting_body,
    )
    def endorse(self) -> None:
        """The body applies upward: from here on it is the applicant of record."""
        self.applicant_id = self.waiting_unit_id
        self._go_on()

    @transition(
        field=stage,
        source=[Stage.PRELIMINARY_REVIEW, Stage.ELIGIBILITY],
        target=Stage.DECLINED,
        conditions=[is_in_no_round, is_not_vetoed],
        permission=is_reviewing_body,
    )
    def decline(self) -> None:
        """Not passed on, with a reason; final for the edition."""

    @transition(
        field=stage,
        source=Stage.ELIGIBILITY,
        target=ONWARD,
        conditions=[leg_mode_is(Mode.CLEARANCE, Mode.COUNTERSIGN), is_not_vetoed, round_carried],
        permission=is_system,
    )
    def clear(self) -> None:
        """The round of clearance or joint review ended in favour of this line."""
        self._go_on()

    @transition(
        field=stage,
        source=Stage.ELIGIBILITY,
        target=ONWARD,
        conditions=[leg_mode_is(Mode.SINGLE), is_not_vetoed, has_scored_here, reaches_mark_here],
        permission=is_waiting_body,
    )
    def confirm(self) -> None:
        """The committee confirms that the unit may be evaluated (000, 三(三)2)."""
        self._go_on()

    @transition(
        field=stage,
        source=Stage.EVALUATION,
        target=ONWARD,
        conditions=TO_ASSESS,
        permission=is_system,
    )
    def assess(self) -> None:
        """Every body asked has scored its own criteria."""
        self.result_points = self.facts.points
        self._go_on()

    @transition(
        field=stage,
        source=Stage.EVALUATION,
        target=ONWARD,
        conditions=[leg_mode_is(Mode.VOTE), is_not_vetoed, round_carried],
        permission=is_system,
    )
    def vote(self) -> None:
        """The committee's vote on this line carried."""
        self._go_on()

    @transition(
        field=stage,
        source=Stage.EVALUATION,
        target=ONWARD,
        conditions=TO_DECIDE,
        permission=is_waiting_body,
    )
    def decide(self) -> None:
        """审定: the body of the leg settles that the unit goes on (000, 三(三)3: into public notice)."""
        self.result_points = self.facts.points
        self._go_on()

    @transition(
        field=stage,
        source=Stage.EVALUATION,
        target=Stage.NOT_SELECTED,
        conditions=[is_in_no_round, is_not_vetoed],
        permission=is_reviewing_body,
    )
    def pass_over(self) -> None:
        """Below the mark, outvoted, or beyond the quota."""

    @transition(
        field=stage,
        source=Stage.NOTICE,
        target=None,
        conditions=[is_not_vetoed, notice_is_released],
        permission=is_system,
    )
    def open_notice(self) -> None:
        """The list it stands on has been published."""

    @transition(field=stage, source=[Stage.NOTICE, Stage.NAMING], target=None, permission=is_system)
    def hold(self) -> None:
        """An objection holds this unit; the rest of the list goes on."""

    @transition(field=stage, source=[Stage.NOTICE, Stage.NAMING], target=None, permission=is_system)
    def free(self) -> None:
        """An objection has been concluded."""

    @transition(
        field=stage,
        source=Stage.NOTICE,
        target=ONWARD,
        conditions=[is_not_vetoed, has_no_open_objection, notice_is_closed],
        permission=is_system,
    )
    def close_notice(self) -> None:
        """Its notice has ended without anything left open against it."""
        self._go_on()

    @transition(
        field=stage,
        source=Stage.NAMING,
        target=Stage.NAMED,
        conditions=[is_not_vetoed, has_no_open_objection, may_be_named_now],
        permission=is_waiting_body,
    )
    def confer(self) -> None:
        """Named and commended; the only door to an honour."""

    @transition(
        field=stage,
        source=VETOABLE,
        target=None,
        permission=is_ground_owner,
        custom={"by_actor": (has_a_ground_left,)},
    )
    def raise_veto(self) -> None:
        """The owner of the ground bars every forward step; clocks pause."""

    @transition(field=stage, source=VETOABLE, target=None, conditions=[is_vetoed], permission=is_ground_owner)
    def lift_veto(self) -> None:
        """The bar goes, with reasons, and the case goes on."""

    @transition(
        field=stage,
        source=VETOABLE,
        target=Stage.DISQUALIFIED,
        conditions=[is_vetoed_or_sustained],
        permission=is_decider,
    )
    def disqualify(self) -> None:
        """A second act on an open veto or a sustained objection; final for the edition."""

    @transition(
        field=stage,
        source=[Stage.RETURNED, *JUDGED],
        target=None,
        conditions=[version_is_chosen, is_in_no_round],
        permission=is_organiser,
    )
    def change_version(self) -> None:
        """From now on a newer version of the programme holds for this case (commands/moving.py)."""
