"""What an inbox can be narrowed to: the editions and towns of the district."""

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import Role, UnitKind
from services.workflow.models import Edition, Unit
from services.workflow.queries.rights import DISTRICT_WIDE


def editions_of(actor: Actor) -> list[tuple[int, str]]:
    """Editions of the actor's district, newest first; none for a unit, which has one or two declarations at most."""
    if actor.role == Role.DECLARANT:
        return []
    rows = Edition.objects.filter(district=actor.district_id).order_by("-year", "name")
    return list(rows.values_list("pk", "name"))


def programmes_of(actor: Actor) -> list[tuple[int, str]]:
    """Programmes that the editions of the district belong to."""
    if actor.role == Role.DECLARANT:
        return []
    rows = Edition.objects.filter(district=actor.district_id).order_by("programme__name", "programme")
    return list(dict(rows.values_list("programme", "programme__name")).items())


def towns_of(actor: Actor) -> list[tuple[int, str]]:
    """Towns of the district, for those who work on units of several."""
    if actor.role not in DISTRICT_WIDE:
        return []
    rows = Unit.objects.filter(district=actor.district_id, kind=str(UnitKind.TOWN)).order_by("pinyin", "pk")
    return list(rows.values_list("pk", "name"))
