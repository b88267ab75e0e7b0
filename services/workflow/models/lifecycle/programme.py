"""The admission of a programme."""

from django.db import models
from django_fsm import FSMField, transition

from services.workflow.domain.access import is_host, is_waiting_body
from services.workflow.domain.stages import ProgrammeStatus as S


class ProgrammeLifecycle(models.Model):
    """`facts` (Facts) are put on the row by queries/facts.py before a step is asked or taken."""

    status = FSMField(
        choices=[(str(s), str(s)) for s in S], default=str(S.DRAFT), protected=True, max_length=24
    )

    class Meta:
        abstract = True

    @transition(field=status, source=S.DRAFT, target=S.PROPOSED, permission=is_host)
    def propose(self) -> None:
        """The host asks for admission."""

    @transition(field=status, source=S.PROPOSED, target=S.ADMITTED, permission=is_waiting_body)
    def admit(self) -> None:
        """The leading group approves; the programme may open editions."""

    @transition(field=status, source=S.PROPOSED, target=S.REFUSED, permission=is_waiting_body)
    def refuse(self) -> None:
        """Not admitted, with a reason."""

    @transition(
        field=status, source=[S.DRAFT, S.PROPOSED, S.ADMITTED], target=S.WITHDRAWN, permission=is_host
    )
    def withdraw(self) -> None:
        """The host gives the programme up; it is not admitted again."""
