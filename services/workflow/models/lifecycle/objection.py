"""The life of an objection."""

from django.db import models
from django_fsm import transition

from services.workflow.domain.access import is_system, is_waiting_body
from services.workflow.domain.guards import nobody_is_still_asked
from services.workflow.domain.stages import ObjectionStatus as S
from services.workflow.models.fields import PlaceField


class ObjectionLifecycle(models.Model):
    """`facts` (ObjectionFacts) are put on the row by queries/facts.py before a step is asked or taken."""

    status = PlaceField(
        choices=[(str(s), str(s)) for s in S], default=str(S.LODGED), protected=True, max_length=24
    )

    class Meta:
        abstract = True

    @transition(field=status, source=S.LODGED, target=S.RECEIVED, permission=is_waiting_body)
    def receive(self) -> None:
        """The office takes it up."""

    @transition(field=status, source=S.RECEIVED, target=S.INVESTIGATING, permission=is_waiting_body)
    def assign(self) -> None:
        """To an investigator who judged nothing in the case."""

    @transition(
        field=status,
        source=S.INVESTIGATING,
        target=None,
        conditions=[nobody_is_still_asked],
        permission=is_waiting_body,
    )
    def consult(self) -> None:
        """The investigator asks other bodies for their finding; it stays with the investigator."""

    @transition(field=status, source=S.INVESTIGATING, target=None, permission=is_system)
    def hear(self) -> None:
        """They have answered, or are asked no longer: what the investigator finds may rest on it."""

    @transition(
        field=status,
        source=S.INVESTIGATING,
        target=S.FOUND,
        conditions=[nobody_is_still_asked],
        permission=is_waiting_body,
    )
    def find(self) -> None:
        """The investigator states what was found."""

    @transition(field=status, source=S.FOUND, target=S.SUSTAINED, permission=is_waiting_body)
    def sustain(self) -> None:
        """成立: the unit stays held until the deciding body has acted."""

    @transition(field=status, source=S.FOUND, target=S.DISMISSED, permission=is_waiting_body)
    def dismiss(self) -> None:
        """不成立: the unit goes on."""

    @transition(field=status, source=[S.SUSTAINED, S.DISMISSED], target=S.REPLIED, permission=is_waiting_body)
    def reply_(self) -> None:
        """The objector is told the outcome."""
