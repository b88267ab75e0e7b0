"""The admission of a programme (审核准入)."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django_fsm import GET_STATE, transition

from services.workflow.domain.access import is_admitting_body, is_host, is_system, is_waiting_body
from services.workflow.domain.facts import ProgrammeFacts
from services.workflow.domain.guards import cap_is_left, has_no_withdrawn_namesake, notice_has_ended
from services.workflow.domain.stages import ProgrammeStatus as S
from services.workflow.models.fields import PlaceField


def after_admission(programme: Any) -> S:
    """A programme that states a project notice counts as admitted only once that has ended."""
    return S.ON_NOTICE if programme.facts.notice_working_days else S.ADMITTED


class ProgrammeLifecycle(models.Model):
    """`facts` (ProgrammeFacts) are put on the row by queries/facts.py before a step is asked or taken."""

    status = PlaceField(
        choices=[(str(s), str(s)) for s in S], default=str(S.DRAFT), protected=True, max_length=24
    )

    if TYPE_CHECKING:
        facts: ProgrammeFacts

    class Meta:
        abstract = True

    @transition(
        field=status,
        source=S.DRAFT,
        target=S.PROPOSED,
        conditions=[has_no_withdrawn_namesake],
        permission=is_host,
    )
    def propose(self) -> None:
        """The host asks for admission."""

    @transition(
        field=status,
        source=S.PROPOSED,
        target=GET_STATE(after_admission, states=(S.ON_NOTICE, S.ADMITTED)),
        conditions=[has_no_withdrawn_namesake, cap_is_left],
        permission=is_waiting_body,
    )
    def admit(self) -> None:
        """The leading group approves: the programme may open editions, or goes on its project notice first."""

    @transition(
        field=status,
        source=S.ON_NOTICE,
        target=S.ADMITTED,
        conditions=[notice_has_ended],
        permission=is_system,
    )
    def conclude(self) -> None:
        """The project notice has ended without a refusal; the programme may open editions."""

    @transition(
        field=status, source=[S.PROPOSED, S.ON_NOTICE], target=S.REFUSED, permission=is_admitting_body
    )
    def refuse(self) -> None:
        """Not admitted, with a reason; also because of what the project notice brought to light."""

    @transition(
        field=status,
        source=[S.PROPOSED, S.ON_NOTICE, S.ADMITTED, S.REFUSED],
        target=S.DRAFT,
        permission=is_system,
    )
    def reopen(self) -> None:
        """A version was published that changes what admission was asked for; it has to be asked for again."""

    @transition(
        field=status,
        source=[S.DRAFT, S.PROPOSED, S.ON_NOTICE, S.ADMITTED],
        target=S.WITHDRAWN,
        permission=is_host,
    )
    def withdraw(self) -> None:
        """The host gives the programme up; it is not admitted again."""
