"""What was done about work beside its steps, who may be given it, and what was copied to somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import Role
from services.workflow.models import Copy, Declaration, LedgerEntry, Member, Office, RoundTask, SideAct

COUNT_MOST = 999


@dataclass(frozen=True)
class Done:
    """One act of the timeline; `for_name` is on whose behalf it was taken."""

    kind: str
    at: datetime
    who: str
    for_name: str
    unit: str
    to: str
    text: str
    to_id: int | None = None


def side_acts_of(case_id: int) -> list[Done]:
    """What was done about a case, oldest first; one statement."""
    rows = SideAct.objects.filter(case_id=case_id).select_related("actor", "office__unit", "to_member")
    return [_done(row) for row in rows.order_by("at", "pk")]


def _done(row: SideAct) -> Done:
    office = row.office
    deputised = office is not None and row.actor_id != office.member_id
    return Done(
        kind=row.kind,
        at=row.at,
        who=row.actor.name if row.actor else "",
        for_name=office.name if office is not None and deputised else "",
        unit=office.unit.name if office else "",
        to=row.to_member.name if row.to_member else "",
        text=row.text,
        to_id=row.to_member_id,
    )


def is_personal(task: RoundTask) -> bool:
    """Whether a task was given to one person by name when its round opened, rather than claimed since."""
    if task.assignee_id is None:
        return False
    return not SideAct.objects.filter(task=task.pk, kind__in=("claim", "reassign")).exists()


def in_charge_of(declaration_id: int) -> Member | None:
    """The applicant of record: whoever a declaration was handed over to last, else who began it."""
    row = Declaration.objects.select_related("in_charge").filter(pk=declaration_id).first()
    if row is not None and row.in_charge is not None:
        return row.in_charge
    return Member.objects.filter(pk=beginner_of(declaration_id) or 0).first()


def beginner_of(declaration_id: int) -> int | None:
    """Who began it: a member."""
    begun = LedgerEntry.objects.filter(case_id=declaration_id, seq=1).values_list("actor_id", flat=True)
    return begun.first()


def asked_on(case_id: int) -> dict[int, int | None]:
    """{whose opinion of a case was asked and not given yet: who asked last}."""
    acts = SideAct.objects.filter(case_id=case_id, kind__in=("cosign", "opinion")).order_by("pk")
    found: dict[int, int | None] = {}
    for kind, actor, to in acts.values_list("kind", "actor_id", "to_member_id"):
        if kind == "cosign":
            found[to] = actor
        else:
            found.pop(actor, None)
    return found


def asker_of(case_id: int, member_id: int | None) -> int | None:
    """Who waits for this person's opinion of a case; nobody where none was asked or it was given."""
    return asked_on(case_id).get(member_id or 0)


def colleagues_of(actor: Actor) -> list[tuple[int, str]]:
    """Who else holds this office in this unit, to be handed work."""
    rows = Office.objects.filter(
        role=actor.role, unit=actor.unit_id, until__isnull=True, member__is_active=True
    )
    others = rows.exclude(member=actor.holder).order_by("name", "pk")
    return list(dict(others.values_list("member_id", "name")).items())


def unit_colleagues_of(actor: Actor) -> list[tuple[int, str]]:
    """Everybody else of this unit, whatever they do there."""
    rows = Office.objects.filter(unit=actor.unit_id, until__isnull=True, member__is_active=True)
    others = rows.exclude(member=actor.member_id).order_by("name", "pk")
    return list(dict(others.values_list("member_id", "name")).items())


def readers_of(case: Any, actor: Actor) -> list[tuple[int, str]]:
    """Who may be sent a copy: people of the bodies that see the case by their office, and of its unit."""
    rows = _seeing(case, actor).exclude(member__in=Copy.objects.filter(case_id=case.pk).values("member"))
    return _named(rows)


def askable_of(case: Any, actor: Actor) -> list[tuple[int, str]]:
    """Whose opinion may be asked: the same people but the unit's own, whoever was sent a copy too."""
    rows = _seeing(case, actor).exclude(role=str(Role.DECLARANT)).exclude(member__in=asked_on(case.pk))
    return _named(rows)


def _named(rows: QuerySet[Office]) -> list[tuple[int, str]]:
    return list({office.member_id: f"{office.unit.name} {office.name}" for office in rows}.items())


def _seeing(case: Any, actor: Actor) -> QuerySet[Office]:
    units = {
        case.waiting_unit_id,
        case.office_unit_id,
        case.town_id,
        getattr(case, "unit_id", None),
        actor.unit_id,
    }
    rows = Office.objects.filter(unit__in=units - {None}, until__isnull=True, member__is_active=True)
    others = rows.exclude(member=actor.member_id).select_related("unit")
    return others.order_by("unit__kind", "unit__pinyin", "name")


def copies_to(actor: Actor, *, limit: int) -> Sequence[Copy]:
    """What was copied to this person, newest first."""
    rows = Copy.objects.filter(member=actor.member_id).select_related("sent_by__unit")
    return list(rows.order_by("-at", "-pk")[:limit])


def count_unseen(actor: Actor) -> int:
    """Copies not opened yet, counted up to 999."""
    return Copy.objects.filter(member=actor.member_id, seen_at__isnull=True)[:COUNT_MOST].count()
