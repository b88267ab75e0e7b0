"""Who may see what: one scope for each kind of case, and the topics that follow from it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import Role, Stage
from services.workflow.models import (
    Ballot,
    Declaration,
    DocumentFile,
    Edition,
    Evidence,
    Honour,
    LedgerEntry,
    Member,
    Notice,
    Objection,
    Office,
    Programme,
    ProgrammeDraft,
    Rectification,
    ReReview,
    Round,
    Slate,
    Unit,
    Veto,
)
from services.workflow.models.round import HUMAN, RoundTask

DISTRICT_WIDE = (Role.OFFICE, Role.COMMITTEE, Role.LEADING_GROUP, Role.DEPARTMENT, Role.INVESTIGATOR)
# Where a session keeps the office that its person chose to act in.
OFFICE_KEY = "office"
UNFILED = (str(Stage.DRAFT),)


def offices_of(member: Member) -> list[Office]:
    """The offices a person holds now, oldest first."""
    return held_now(Q(member=member))


def held_now(whose: Q) -> list[Office]:
    """The offices that active people hold now, of those meant, oldest first; unit and member come with them."""
    return list(
        Office.objects.filter(whose, until__isnull=True, member__is_active=True)
        .select_related("unit", "member")
        .order_by("since", "pk")
    )


def office_chosen(offices: Sequence[Office], wanted: object) -> Office:
    """The office that was chosen for a session, while it is held; else the one held longest."""
    return next((office for office in offices if office.pk == wanted), offices[0])


def actor_of(office: Office) -> Actor:
    """The person acting in this office."""
    unit = office.unit
    return Actor(
        member_id=office.member_id,
        office_id=office.pk,
        role=office.role,
        unit_id=unit.pk,
        unit_code=unit.code,
        town_id=unit.town_id,
        district_id=unit.district_id,
        name=office.name,
        unit_name=unit.name,
    )


def visible_to(actor: Actor, model: type[Any]) -> QuerySet[Any]:
    """The rows of a kind of case that this actor may see; every list and every detail page starts from it.

    A unit sees its own; a town what its communities filed; bodies of the district what is filed in it. An objection is
    seen by the office, its investigator and the committee, never by the unit concerned or its town.
    """
    rows: QuerySet[Any] = model._default_manager.all()
    if actor.is_system:
        return rows
    scope = SCOPES.get(model) or RELATED.get(model, _nothing)
    return rows.filter(scope(actor)) if actor.unit_id else rows.none()


def _nothing(actor: Actor) -> Q:
    return Q(pk__in=[])


def _declarations(actor: Actor) -> Q:
    if actor.role == Role.DECLARANT:
        return Q(unit=actor.unit_id)
    filed = ~Q(stage__in=UNFILED) & ~Q(stage=str(Stage.WITHDRAWN), filed_at__isnull=True)
    if actor.role == Role.TOWN:
        return Q(town=actor.unit_id) & filed
    return Q(district=actor.district_id) & filed if actor.role in DISTRICT_WIDE else _nothing(actor)


def _of_unit(actor: Actor) -> Q:
    if actor.role == Role.DECLARANT:
        return Q(unit=actor.unit_id)
    if actor.role == Role.TOWN:
        return Q(town=actor.unit_id)
    return Q(district=actor.district_id) if actor.role in DISTRICT_WIDE else _nothing(actor)


def _notices(actor: Actor) -> Q:
    public = Q(status__in=["released", "suspended", "closed"])
    own = Q(district=actor.district_id) if actor.role == Role.OFFICE else _nothing(actor)
    return public | own


def _objections(actor: Actor) -> Q:
    if actor.role in {Role.OFFICE, Role.COMMITTEE}:
        return Q(district=actor.district_id)
    return investigated_by(actor) if actor.role == Role.INVESTIGATOR else _nothing(actor)


def investigated_by(actor: Actor) -> Q:
    """Objections that this member investigates, or has: whoever stated a finding goes on reading what it rests on."""
    found = LedgerEntry.objects.filter(case_id=OuterRef("pk"), step="find", actor=actor.member_id or 0)
    return Q(assignee=actor.member_id) | Q(Exists(found))


def _programmes(actor: Actor) -> Q:
    own = Q(district=actor.district_id) if actor.role in DISTRICT_WIDE else _nothing(actor)
    return Q(status="admitted") | own


SCOPES: dict[type[Any], Any] = {
    Declaration: _declarations,
    Honour: _of_unit,
    Rectification: _of_unit,
    Notice: _notices,
    Objection: _objections,
    Programme: _programmes,
}


def _in_district(actor: Actor) -> Q:
    return Q(district=actor.district_id or actor.unit_id)


def _units(actor: Actor) -> Q:
    """The whole district: who is there is no secret within it."""
    district = actor.district_id or actor.unit_id
    return Q(district=district) | Q(pk__in=[district, actor.unit_id])


def _offices(actor: Actor) -> Q:
    district = actor.district_id or actor.unit_id
    return Q(until__isnull=True) & (Q(unit__district=district) | Q(unit__in=[district, actor.unit_id]))


def _documents(actor: Actor) -> Q:
    return Q(edition__district=actor.district_id or actor.unit_id)


def _asked(actor: Actor, path: str = "") -> Q:
    """Tasks of this body, and of this member where one is named."""
    mine = Q(
        **{
            f"{path}participant_role": actor.role,
            f"{path}participant_unit": actor.unit_id,
            f"{path}flow_task_type": HUMAN,
        }
    )
    return mine & (Q(**{f"{path}assignee__isnull": True}) | Q(**{f"{path}assignee": actor.member_id}))


def _tasks(actor: Actor) -> Q:
    """Participants see their own tasks; the office sees all of its district's rounds."""
    if actor.role == Role.OFFICE:
        return Q(flow_task_type=HUMAN, process__slate__edition__district=actor.district_id)
    return _asked(actor)


def _rounds(actor: Actor) -> Q:
    if actor.role in {Role.OFFICE, Role.COMMITTEE}:
        return Q(slate__edition__district=actor.district_id)
    return Q(pk__in=RoundTask.objects.filter(_asked(actor)).values("process"))


def _slates(actor: Actor) -> Q:
    if actor.role in {Role.OFFICE, Role.COMMITTEE}:
        return Q(edition__district=actor.district_id)
    return Q(pk__in=RoundTask.objects.filter(_asked(actor)).values("process__slate"))


def _vetoes(actor: Actor) -> Q:
    seen = [visible_to(actor, model).values("pk") for model in (Declaration, Honour)]
    return Q(case_id__in=seen[0]) | Q(case_id__in=seen[1])


def _rereviews(actor: Actor) -> Q:
    return Q(honour__in=visible_to(actor, Honour))


def _evidence(actor: Actor) -> Q:
    return Q(declaration__in=visible_to(actor, Declaration))


def _ballots(actor: Actor) -> Q:
    """Nobody reads another member's ballot; what came out of all is in the round."""
    return Q(member=actor.member_id)


def _drafts(actor: Actor) -> Q:
    """A version in the making is its host's own affair."""
    return Q(unit=actor.unit_id, role=actor.role)


# What is no case of its own; its scope follows from the cases, editions and units it belongs to.
RELATED: dict[type[Any], Any] = {
    Edition: _in_district,
    Unit: _units,
    Office: _offices,
    DocumentFile: _documents,
    RoundTask: _tasks,
    Round: _rounds,
    Slate: _slates,
    Veto: _vetoes,
    ReReview: _rereviews,
    Evidence: _evidence,
    Ballot: _ballots,
    ProgrammeDraft: _drafts,
}


def may_see_task(actor: Actor, task: RoundTask) -> bool:
    """Participants see their own task; the office sees all of its rounds."""
    own = (task.participant_role, task.participant_unit_id) == (actor.role, actor.unit_id)
    return actor.role == Role.OFFICE or (own and task.assignee_id in {None, actor.member_id})


def may_hear(actor: Actor, topic: str) -> bool:
    """Whether a topic is this actor's: their own, their unit's, that of units below, or of a case they may see."""
    kind, _, rest = topic.partition(":")
    if kind == "public":
        return True
    if not rest.isascii() or not rest.isdigit():
        return False
    number = int(rest)
    if kind == "user":
        return number == actor.member_id
    if kind == "unit":
        return number == actor.unit_id
    if kind == "case":
        return any(visible_to(actor, model).filter(pk=number).exists() for model in SCOPES)
    return False
