"""Who may see what: one scope for each kind of case, and the topics that follow from it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import Role, Stage, UnitKind
from services.workflow.models import (
    Ballot,
    Declaration,
    DocumentFile,
    Edition,
    Evidence,
    Honour,
    Incident,
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
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
# Where a session keeps the office that its person chose to act in.
OFFICE_KEY = "office"
UNFILED = (str(Stage.DRAFT),)


def office_chosen(offices: Sequence[Office], wanted: object) -> Office:
    """The office that was chosen for a session, while it is held; else the one held longest."""
    return next((office for office in offices if office.pk == wanted), offices[0])


def actor_of(office: Office, member: Member | None = None) -> Actor:
    """The person acting in this office: its holder, or the member who stands in for them."""
    unit = office.unit
    deputy = member if member is not None and member.pk != office.member_id else None
    return Actor(
        member_id=deputy.pk if deputy else office.member_id,
        office_id=office.pk,
        role=office.role,
        unit_id=unit.pk,
        unit_code=unit.code,
        town_id=unit.town_id,
        district_id=unit.district_id,
        name=deputy.name if deputy else office.name,
        unit_name=unit.name,
        stands_for=office.member_id if deputy else None,
        stands_for_name=office.name if deputy else "",
    )


def actors_of(member_id: int) -> list[Actor]:
    """A person in each office of their own; none for an account that is closed."""
    rows = Office.objects.filter(member=member_id, until__isnull=True, member__is_active=True)
    return [actor_of(office) for office in rows.select_related("unit", "member").order_by("since", "pk")]


def visible_to(actor: Actor, model: type[Any]) -> QuerySet[Any]:
    """The rows of a kind of case that this actor may see; every list and every detail page starts from it.

    A unit sees its own and what its people filed; a town what its communities filed; bodies of the district what is
    filed in it; a host what it runs. An objection is seen by the host, its investigator and the committee, never by
    the unit concerned, nor by its town unless that town runs the programme.
    """
    rows: QuerySet[Any] = model._default_manager.all()
    if actor.is_system:
        return rows
    scope = SCOPES.get(model) or RELATED.get(model, _nothing)
    return rows.filter(scope(actor)) if actor.unit_id else rows.none()


def _nothing(actor: Actor) -> Q:
    return Q(pk__in=[])


def _is_wide(actor: Actor) -> bool:
    """Bodies of the district itself; one that sits in a town or a community sees what concerns it only."""
    return actor.role in DISTRICT_WIDE and actor.district_id is not None and actor.town_id is None


def _seat(actor: Actor, path: str = "") -> Q:
    """Rows whose office this actor holds: the host of the edition, or whoever issued the notice."""
    return Q(**{f"{path}office_role": actor.role, f"{path}office_unit": actor.unit_id})


def _declarations(actor: Actor) -> Q:
    """Filed ones in the actor's scope; of a draft nobody knows but its unit."""
    filed = ~Q(stage__in=UNFILED) & ~Q(stage=str(Stage.WITHDRAWN), filed_at__isnull=True)
    if actor.role == Role.DECLARANT:
        return Q(unit=actor.unit_id) | (Q(parent=actor.unit_id) & filed)
    if actor.role == Role.TOWN:
        return (Q(town=actor.unit_id) | _reached(actor)) & filed
    if _is_wide(actor):
        return Q(district=actor.district_id) & filed
    return _reached(actor) & filed if actor.role in DISTRICT_WIDE else _nothing(actor)


def _reached(actor: Actor) -> Q:
    """What a body outside the district's own hosts, has before it, or has acted on: of a city, of one community."""
    waiting = Q(waiting_role=actor.role, waiting_unit=actor.unit_id)
    # Asked of the case at hand: all that an office has ever acted on would be a long list to look through.
    asked = RoundTask.objects.filter(_asked(actor), process__slate__lines__case=OuterRef("pk"))
    acted = LedgerEntry.objects.filter(
        case_id=OuterRef("pk"), office__unit=actor.unit_id, office__role=actor.role
    )
    return _seat(actor) | waiting | Q(Exists(asked)) | Q(Exists(acted))


def _of_unit(actor: Actor) -> Q:
    if actor.role == Role.DECLARANT:
        return Q(unit=actor.unit_id)
    if actor.role == Role.TOWN:
        return Q(town=actor.unit_id) | _seat(actor)
    if _is_wide(actor):
        return Q(district=actor.district_id)
    waiting = Q(waiting_role=actor.role, waiting_unit=actor.unit_id)
    return _seat(actor) | waiting if actor.role in DISTRICT_WIDE else _nothing(actor)


def _honours(actor: Actor) -> Q:
    """A unit's own, and those of the people who work in it."""
    below = Q(parent=actor.unit_id, unit__kind=str(UnitKind.PERSON))
    return _of_unit(actor) | below if actor.role == Role.DECLARANT else _of_unit(actor)


def _notices(actor: Actor) -> Q:
    public = Q(status__in=["released", "suspended", "closed"], withheld=False)
    if actor.role == Role.OFFICE and _is_wide(actor):
        return public | Q(district=actor.district_id)
    return public | _seat(actor)


def _objections(actor: Actor) -> Q:
    """The host and its committee; of a programme that a town runs, that town."""
    if actor.role in {Role.OFFICE, Role.COMMITTEE} and _is_wide(actor):
        return Q(district=actor.district_id)
    if actor.role == Role.INVESTIGATOR:
        return investigated_by(actor)
    return _seat(actor) if actor.role != Role.DECLARANT else _nothing(actor)


def investigated_by(actor: Actor) -> Q:
    """Objections that this member investigates, or has: whoever stated a finding goes on reading what it rests on."""
    found = LedgerEntry.objects.filter(case_id=OuterRef("pk"), step="find", actor=actor.member_id or 0)
    return Q(assignee=actor.member_id) | Q(Exists(found))


def _programmes(actor: Actor) -> Q:
    """Those in force, and for bodies of the district the others too."""
    if _is_wide(actor):
        return Q(status="admitted") | Q(district=actor.district_id)
    return Q(status="admitted") | Q(office_role=actor.role, host=actor.unit_id)


SCOPES: dict[type[Any], Any] = {
    Declaration: _declarations,
    Honour: _honours,
    Rectification: _of_unit,
    Notice: _notices,
    Objection: _objections,
    Programme: _programmes,
}


def _in_district(actor: Actor) -> Q:
    """Editions of the district, and those that its city runs; for a body of the city those of all its districts."""
    district = actor.district_id or actor.unit_id
    near = Q(district=district) | Q(district__in=Unit.objects.filter(children=district))
    if actor.district_id is not None:
        return near
    return near | Q(district__parent__in=Unit.objects.filter(children=actor.unit_id))


def _units(actor: Actor) -> Q:
    """The whole district: who is there is no secret within it. A person's entry is for those above it."""
    district = actor.district_id or actor.unit_id
    there = Q(district=district) | Q(pk__in=[district, actor.unit_id])
    if _is_wide(actor) or actor.role in ADMINISTRATORS:
        return there
    near = Q(pk=actor.unit_id) | Q(parent=actor.unit_id) | Q(town=actor.unit_id)
    return there & (~Q(kind=str(UnitKind.PERSON)) | near)


def _offices(actor: Actor) -> Q:
    district = actor.district_id or actor.unit_id
    return Q(until__isnull=True) & (Q(unit__district=district) | Q(unit__in=[district, actor.unit_id]))


def _documents(actor: Actor) -> Q:
    """Decisions of the district; an order to put right is for those who may see the rectification."""
    own = Q(kind="rectification", case_id__in=visible_to(actor, Rectification).values("pk"))
    return (Q(edition__in=Edition.objects.filter(_in_district(actor))) & ~Q(kind="rectification")) | own


def _asked(actor: Actor, path: str = "") -> Q:
    """Tasks of this body, and of this member where one is named."""
    mine = Q(
        **{
            f"{path}participant_role": actor.role,
            f"{path}participant_unit": actor.unit_id,
            f"{path}flow_task_type": HUMAN,
        }
    )
    return mine & (Q(**{f"{path}assignee__isnull": True}) | Q(**{f"{path}assignee": actor.holder}))


def _tabled(actor: Actor, path: str) -> Q:
    return Q(**{f"{path}tabled_by__unit": actor.unit_id, f"{path}tabled_by__role": actor.role})


def _tasks(actor: Actor) -> Q:
    """Participants see their own tasks; whoever put the matter before them all, and of cases the district's office."""
    all_of_it = _put(actor, "process__slate__", (Role.OFFICE,))
    return _asked(actor) | (Q(flow_task_type=HUMAN) & all_of_it)


def _joint(actor: Actor, path: str, of_task: str) -> Q:
    """Rounds and slates: of cases for whoever is asked, too; of an objection those asked have their own task alone."""
    asked = Q(pk__in=RoundTask.objects.filter(_asked(actor)).values(of_task))
    of_cases = Q(**{f"{path}objection__isnull": True})
    return (asked & of_cases) | _put(actor, path, (Role.OFFICE, Role.COMMITTEE))


def _put(actor: Actor, path: str, wide: tuple[Role, ...]) -> Q:
    """Slates that this body has put before others, or of the whole district; an investigator's questions are theirs."""
    if actor.role == Role.INVESTIGATOR:
        return Q(**{f"{path}objection__in": Objection.objects.filter(investigated_by(actor))})
    district = Q(**{f"{path}edition__district": actor.district_id})
    seen = district if actor.role in wide and _is_wide(actor) else _tabled(actor, path)
    return seen & Q(**{f"{path}objection__isnull": True})


def _vetoes(actor: Actor) -> Q:
    seen = [visible_to(actor, model).values("pk") for model in (Declaration, Honour)]
    return Q(case_id__in=seen[0]) | Q(case_id__in=seen[1])


def _incidents(actor: Actor) -> Q:
    """What the actor's own department reported, and nothing else."""
    return Q(reported_by__unit=actor.unit_id) if actor.role == Role.DEPARTMENT else _nothing(actor)


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
    Round: lambda actor: _joint(actor, "slate__", "process"),
    Slate: lambda actor: _joint(actor, "", "process__slate"),
    Veto: _vetoes,
    ReReview: lambda actor: Q(honour__in=visible_to(actor, Honour)),
    Evidence: lambda actor: Q(declaration__in=visible_to(actor, Declaration)),
    Incident: _incidents,
    Ballot: _ballots,
    ProgrammeDraft: _drafts,
}


def may_hear(actor: Actor, topic: str) -> bool:
    """Whether a topic is this actor's: their own, their unit's, that of units below, or of a case they may see."""
    kind, _, rest = topic.partition(":")
    if kind == "public":
        return True
    if not rest.isascii() or not rest.isdigit():
        return False
    number = int(rest)
    if kind == "user":
        return number in {actor.member_id, actor.stands_for}
    if kind == "unit":
        return number == actor.unit_id
    if kind == "case":
        return any(visible_to(actor, model).filter(pk=number).exists() for model in SCOPES)
    return False
