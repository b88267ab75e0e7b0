"""The life of a rectification: ordered with a deadline, planned, reported, inspected again."""

from django.db import models
from django_fsm import transition

from services.workflow.domain.access import is_declarant, is_office_or_system, is_waiting_body
from services.workflow.domain.stages import RectificationStatus as S
from services.workflow.domain.supervision_guards import deadline_has_passed, inspects_anothers_order
from services.workflow.models.fields import PlaceField


class RectificationLifecycle(models.Model):
    """`facts` (RectificationFacts) are put on the row by queries/facts.py before a step is asked or taken."""

    status = PlaceField(
        choices=[(str(s), str(s)) for s in S], default=str(S.ORDERED), protected=True, max_length=24
    )

    class Meta:
        abstract = True

    @transition(field=status, source=S.ORDERED, target=S.PLANNED, permission=is_declarant)
    def plan(self) -> None:
        """The unit says how it will put things right."""

    @transition(field=status, source=S.PLANNED, target=S.REPORTED, permission=is_declarant)
    def report(self) -> None:
        """The unit says that it is done."""

    @transition(field=status, source=[S.ORDERED, S.PLANNED], target=None, permission=is_office_or_system)
    def extend(self) -> None:
        """A later deadline, with a reason."""

    @transition(
        field=status,
        source=S.REPORTED,
        target=S.ACCEPTED,
        permission=is_waiting_body,
        custom={"by_actor": (inspects_anothers_order,)},
    )
    def accept(self) -> None:
        """Inspected again, by somebody else than who ordered it, and found in order."""

    @transition(
        field=status,
        source=S.REPORTED,
        target=S.REJECTED,
        permission=is_waiting_body,
        custom={"by_actor": (inspects_anothers_order,)},
    )
    @transition(
        field=status,
        source=[S.ORDERED, S.PLANNED],
        target=S.REJECTED,
        conditions=[deadline_has_passed],
        permission=is_office_or_system,
    )
    def reject(self) -> None:
        """Still short of the standard, or nothing reported by the deadline."""
