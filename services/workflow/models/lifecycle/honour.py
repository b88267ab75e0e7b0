"""The life of an honour: held for years, re-reviewed, warned, put right or taken away."""

from django.db import models
from django_fsm import transition

from services.workflow.domain.access import (
    is_decider,
    is_decider_but_not_proposer,
    is_declarant,
    is_proposer,
    is_reviewer,
    is_reviewer_or_system,
    is_system,
)
from services.workflow.domain.guards import is_scored, passes
from services.workflow.domain.programme_rules import ReviewOutcome
from services.workflow.domain.stages import HonourStatus as S
from services.workflow.domain.supervision_guards import (
    outcome_is_provided,
    plaque_is_out,
    rectification_failed,
    renewal_is_left,
    rereview_is_adjustable,
    term_has_ended,
)
from services.workflow.models.fields import PlaceField


class HonourLifecycle(models.Model):
    """`facts` (HonourFacts) are put on the row by queries/facts.py before a step is asked or taken."""

    status = PlaceField(
        choices=[(str(s), str(s)) for s in S], default=str(S.HELD), protected=True, max_length=24
    )

    class Meta:
        abstract = True

    @transition(
        field=status, source=[S.HELD, S.WARNED], target=S.UNDER_REVIEW, permission=is_reviewer_or_system
    )
    def open_rereview(self) -> None:
        """Due every two years in principle (000, 三(四)), after an incident, or by hand."""

    @transition(
        field=status,
        source=[S.HELD, S.WARNED],
        target=None,
        conditions=[rereview_is_adjustable],
        permission=is_reviewer,
    )
    def move_rereview(self) -> None:
        """The re-review falls due on another day, with a reason; the title stays where it stands."""

    @transition(
        field=status,
        source=S.UNDER_REVIEW,
        target=S.HELD,
        conditions=[outcome_is_provided(ReviewOutcome.RETAIN), is_scored, passes, renewal_is_left],
        permission=is_reviewer,
    )
    @transition(field=status, source=S.WARNED, target=S.HELD, permission=is_reviewer)
    @transition(field=status, source=S.RECTIFYING, target=S.HELD, permission=is_system)
    @transition(field=status, source=S.REVOCATION_PROPOSED, target=S.HELD, permission=is_decider)
    def retain(self) -> None:
        """Passed again, warned long enough, put right, or a proposal to revoke is turned down."""

    @transition(
        field=status,
        source=S.UNDER_REVIEW,
        target=S.WARNED,
        conditions=[outcome_is_provided(ReviewOutcome.WARN)],
        permission=is_reviewer,
    )
    def warn(self) -> None:
        """Work has slid: criticism and warning (000, 三(四))."""

    @transition(
        field=status,
        source=[S.UNDER_REVIEW, S.WARNED],
        target=S.RECTIFYING,
        conditions=[outcome_is_provided(ReviewOutcome.RECTIFY)],
        permission=is_reviewer,
    )
    def order_rectification(self) -> None:
        """To be put right by a deadline."""

    @transition(field=status, source=S.UNDER_REVIEW, target=S.REVOCATION_PROPOSED, permission=is_proposer)
    @transition(
        field=status,
        source=S.RECTIFYING,
        target=S.REVOCATION_PROPOSED,
        conditions=[rectification_failed],
        permission=is_proposer,
    )
    def propose_revocation(self) -> None:
        """One body proposes; another decides."""

    @transition(
        field=status,
        source=S.REVOCATION_PROPOSED,
        target=S.REVOKED,
        permission=is_decider_but_not_proposer,
    )
    def revoke(self) -> None:
        """The title is taken away."""

    @transition(
        field=status,
        source=[S.HELD, S.WARNED],
        target=S.LAPSED,
        conditions=[term_has_ended],
        permission=is_system,
    )
    def lapse(self) -> None:
        """The term ended and no re-review was passed."""

    @transition(field=status, source=[S.HELD, S.WARNED], target=S.RELINQUISHED, permission=is_declarant)
    def relinquish(self) -> None:
        """The unit gives its title up."""

    @transition(
        field=status,
        source=[S.REVOKED, S.LAPSED, S.RELINQUISHED],
        target=None,
        conditions=[plaque_is_out],
        permission=is_reviewer,
    )
    def return_plaque(self) -> None:
        """The plaque and the certificate are back; on which day, and from whom."""

    @transition(field=status, source=[S.HELD, S.WARNED], target=None, permission=is_decider)
    def pass_on(self) -> None:
        """Units merge or split: the title goes to the unit that the decision names."""
