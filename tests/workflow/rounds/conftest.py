"""A slate with eight departments to ask; for races, the same in committed rows."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from pytest_django import DjangoDbBlocker

from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import DueDate
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import (
    Edition,
    Member,
    Office,
    Programme,
    ProgrammeVersion,
    Round,
    RoundTask,
    Slate,
    Unit,
)
from services.workflow.rounds.opening import open_round
from services.workflow.rounds.participants import Participant

AT = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
DUE = DueDate(dt.date(2026, 3, 9), False)
DUE_AT = dt.datetime(2026, 3, 9, 16, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@dataclass
class Cast:
    """Eight departments with an officer each; the first also organises."""

    offices: list[Office]
    edition: Edition
    slates: int = 0

    @property
    def by(self) -> Actor:
        return Actor(self.offices[0].member_id, self.offices[0].pk, "office")

    @property
    def participants(self) -> list[Participant]:
        return [Participant(office.unit_id, office.role) for office in self.offices]

    def slate(self) -> Slate:
        self.slates += 1
        return Slate.objects.create(
            edition=self.edition,
            number=self.slates,
            leg=2,
            mode="clearance",
            tabled_by=self.offices[0],
            tabled_at=AT,
        )

    def round(
        self,
        mode: Mode = Mode.CLEARANCE,
        rule: Mapping[str, object] | None = None,
        participants: Sequence[Participant] | None = None,
        slate: Slate | None = None,
    ) -> Round:
        return open_round(
            slate or self.slate(),
            mode=mode,
            participants=self.participants if participants is None else participants,
            due=DUE,
            rule=rule or {},
            by=self.by,
            at=AT,
        )


def tasks_of(round_: Round) -> list[RoundTask]:
    """The participants' tasks, in the order in which they were asked."""
    return list(RoundTask.objects.filter(process=round_, flow_task_type="HUMAN").order_by("id"))


def outcome_of(round_: Round) -> dict[str, object]:
    """What was recorded of a round that has ended."""
    recorded: dict[str, object] | None = Round.objects.get(pk=round_.pk).outcome
    assert recorded is not None
    return recorded


def make_cast() -> Cast:
    mark = uuid4().hex[:8]
    members = [Member.objects.create(username=f"{mark}-{n}", name=f"officer {n}") for n in range(8)]
    units = [
        Unit.objects.create(code=f"{mark}-{n}", name=f"department {n}", kind="department") for n in range(8)
    ]
    offices = [
        Office.objects.create(member=member, unit=unit, role="department", name=member.name, since=AT)
        for member, unit in zip(members, units, strict=True)
    ]
    programme = Programme.objects.create(
        code=mark, name="round tests", host=units[0], admitting_unit=units[0]
    )
    version = ProgrammeVersion.objects.create(
        programme=programme, number=1, definition={}, content_hash=mark, published_at=AT
    )
    edition = Edition.objects.create(
        programme=programme,
        definition_version=version,
        district=units[0],
        year=2026,
        name="2026",
        opens_at=AT,
        closes_at=AT + HOUR,
    )
    return Cast(offices, edition)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Committed rows, without the emptying of all tables that pytest-django does and the ledger refuses."""
    with django_db_blocker.unblock():
        yield
        connection.close()


@pytest.fixture
def committed_cast(transactional_db: None) -> Iterator[Cast]:
    """The same cast for several connections at once; taken away again, so that no other test sees it."""
    cast = make_cast()
    try:
        yield cast
    finally:
        remove(cast)


@transaction.atomic
def remove(cast: Cast) -> None:
    units = [office.unit_id for office in cast.offices]
    tasks = RoundTask.objects.filter(process__slate__edition=cast.edition)
    RoundTask.previous.through.objects.filter(from_roundtask_id__in=tasks.values("id")).delete()
    tasks.delete()
    Round.objects.filter(slate__edition=cast.edition).delete()
    cast.edition.slates.all().delete()
    cast.edition.delete()
    with connection.cursor() as cursor:
        # Published versions cannot be deleted; the tables' owner may say so for a moment.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while checks are pending
        cursor.execute("ALTER TABLE workflow_programmeversion DISABLE TRIGGER USER")
        cursor.execute(
            "DELETE FROM workflow_programmeversion WHERE id = %s", [cast.edition.definition_version_id]
        )
        cursor.execute("ALTER TABLE workflow_programmeversion ENABLE TRIGGER USER")
        cursor.execute("DELETE FROM workflow_programme WHERE id = %s", [cast.edition.programme_id])
    Office.objects.filter(unit_id__in=units).delete()
    Unit.objects.filter(id__in=units).delete()
    Member.objects.filter(id__in=[office.member_id for office in cast.offices]).delete()


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all acts at the same time, each in a transaction of its own: "done" or the code of the refusal."""
    barrier = Barrier(len(acts))

    def attempt(act: Callable[[], object]) -> str:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            with transaction.atomic():
                act()
            return "done"
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(attempt, acts))
