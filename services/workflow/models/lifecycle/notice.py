"""The life of a public notice."""

from typing import Any

from django.db import models
from django_fsm import transition

from services.workflow.domain.access import is_office_or_system, is_second_person, is_system, is_waiting_body
from services.workflow.domain.guards import (
    end_is_known,
    has_lines,
    is_read_or_vouched_for,
    notice_has_ended,
    shows_nothing_personal,
)
from services.workflow.domain.stages import NoticeStatus as S
from services.workflow.models.fields import PlaceField

MAY_BE_PUBLIC = [has_lines, shows_nothing_personal, is_read_or_vouched_for]


class NoticeLifecycle(models.Model):
    """`facts` (NoticeFacts) are put on the row by queries/facts.py before a step is asked or taken."""

    status = PlaceField(
        choices=[(str(s), str(s)) for s in S], default=str(S.DRAFT), protected=True, max_length=24
    )

    class Meta:
        abstract = True

    @property
    def prepared_by_member(self: Any) -> int | None:
        return self.prepared_by.member_id if self.prepared_by_id else None

    @transition(field=status, source=S.DRAFT, target=None, permission=is_waiting_body)
    def amend(self) -> None:
        """Title and text are put right, or masked."""

    @transition(field=status, source=S.DRAFT, target=None, permission=is_waiting_body)
    def attach(self) -> None:
        """A file is to be published with it; it has been read through."""

    @transition(field=status, source=S.DRAFT, target=None, permission=is_waiting_body)
    def detach(self) -> None:
        """A file is left out again."""

    @transition(field=status, source=[S.DRAFT, S.PREPARED], target=None, permission=is_waiting_body)
    def vouch(self) -> None:
        """A named person has looked through what could not be read, and answers for it with a reason."""

    @transition(
        field=status, source=S.DRAFT, target=S.PREPARED, conditions=MAY_BE_PUBLIC, permission=is_waiting_body
    )
    def prepare(self) -> None:
        """The list, the text and the period are settled; a second person is asked."""

    @transition(field=status, source=S.PREPARED, target=S.DRAFT, permission=is_waiting_body)
    def reopen(self) -> None:
        """Sent back to whoever drew it up."""

    @transition(
        field=status,
        source=[S.PREPARED, S.SUSPENDED],
        target=S.RELEASED,
        conditions=MAY_BE_PUBLIC,
        permission=is_second_person,
    )
    def release(self) -> None:
        """A second person lets it out; from now on the public reads it."""

    @transition(
        field=status,
        source=S.PREPARED,
        target=S.RELEASED,
        conditions=MAY_BE_PUBLIC,
        permission=is_second_person,
    )
    def withhold(self) -> None:
        """It runs like any other, kept from the public for a reason that is public."""

    @transition(field=status, source=S.RELEASED, target=None, permission=is_office_or_system)
    def extend(self) -> None:
        """A longer period, decided with a reason."""

    @transition(field=status, source=S.RELEASED, target=None, permission=is_system)
    def recount(self) -> None:
        """The year of its last day became known: the same working days are counted by it."""

    @transition(field=status, source=S.RELEASED, target=S.SUSPENDED, permission=is_office_or_system)
    def suspend(self) -> None:
        """Stopped for a reason; its end is open until it is released again."""

    @transition(
        field=status,
        source=S.RELEASED,
        target=S.CLOSED,
        conditions=[notice_has_ended, end_is_known],
        permission=is_office_or_system,
    )
    def close(self) -> None:
        """The last day has passed; units without anything open go on to naming."""

    @transition(field=status, source=S.CLOSED, target=S.TAKEN_DOWN, permission=is_office_or_system)
    def take_down(self) -> None:
        """No longer shown; its result stays in the archive."""
