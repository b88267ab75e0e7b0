"""Versions in the making: whose they are, what they say, what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from services.workflow.domain.actor import Actor
from services.workflow.domain.definition_file import check_values
from services.workflow.domain.faults import Fault, KeyFault, key_text
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import RELATIVE_UNITS
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Kind, ProgrammeStatus, Role, UnitKind
from services.workflow.models import LedgerEntry, Office, Programme, ProgrammeDraft, Unit
from services.workflow.queries.rights import visible_to

# Who may host a programme: an office, a town, a group that runs one for its own unit.
HOSTS = (Role.OFFICE, Role.TOWN, Role.LEADING_GROUP, Role.COMMITTEE)


# Bodies that decide, review and score; nobody declares or investigates by way of a programme's file.
BODY_ROLES = (Role.OFFICE, Role.TOWN, Role.DEPARTMENT, Role.COMMITTEE, Role.LEADING_GROUP)
UNIT_KEYS = ("scope", "owner", "scorer", "town")


@dataclass(frozen=True)
class Checked:
    """A draft as a definition, as far as it can be read as one, and everything that is wrong with it."""

    definition: Definition
    faults: tuple[KeyFault, ...]

    @property
    def located(self) -> tuple[Fault, ...]:
        """The faults as pages, API and command line tell them."""
        return tuple(Fault(None, key_text(fault.path), fault.code, fault.params) for fault in self.faults)


def drafts_of(actor: Actor) -> list[ProgrammeDraft]:
    """The drafts of this body, the one saved last first."""
    rows = visible_to(actor, ProgrammeDraft).select_related("programme", "saved_by__unit")
    return list(rows.order_by("-saved_at", "-pk"))


def one_draft(draft_id: int, actor: Actor) -> ProgrammeDraft:
    """A draft of this body. Refused: draft.not_found."""
    rows = visible_to(actor, ProgrammeDraft).select_related("programme", "saved_by__unit", "unit")
    draft: ProgrammeDraft | None = rows.filter(pk=draft_id).first()
    if draft is None:
        raise Refused("draft.not_found", draft=draft_id)
    return draft


def check(values: dict[str, Any]) -> Checked:
    """All faults of a draft at once, those of bodies that do not exist among them."""
    definition, faults = check_values(values)
    known = set(Unit.objects.filter(code__in=named_units(definition)).values_list("code", flat=True))
    strangers = [
        KeyFault(path, "programme.unit_does_not_exist", {"unit": code})
        for path, code in _unit_places(definition)
        if code and code not in known
    ]
    return Checked(definition, (*faults, *strangers))


def named_units(definition: Definition) -> set[str]:
    return {code for _, code in _unit_places(definition) if code}


def _unit_places(definition: Definition) -> list[tuple[tuple[str | int, ...], str]]:
    return [(("units", at, "code"), unit.code) for at, unit in enumerate(definition.units)]


def unit_codes(values: Any) -> set[str]:
    """Codes of the units that plain values name, wherever they do."""
    found: set[str] = set()
    if isinstance(values, Mapping):
        for key, part in values.items():
            names_one = key in UNIT_KEYS or (key == "unit" and "role" in values)
            if names_one and isinstance(part, str) and part not in RELATIVE_UNITS:
                found.add(part)
            else:
                found |= unit_codes(part)
    elif isinstance(values, list):
        for part in values:
            found |= unit_codes(part)
    return found - {""}


def programmes_for(actor: Actor) -> list[Programme]:
    """The programmes this actor may see: its own district's, and all that are admitted."""
    rows = visible_to(actor, Programme).select_related("host", "waiting_unit", "admitting_unit")
    return list(rows.order_by("name", "pk"))


def on_project_notice() -> list[Programme]:
    """Programmes that everybody may look at before they count as admitted."""
    rows = Programme.objects.filter(status=ProgrammeStatus.ON_NOTICE)
    return list(rows.select_related("host", "admitting_unit").order_by("notice_ends_at", "pk"))


def project_notices() -> QuerySet[Programme]:
    """Programmes on their project notice, and those whose notice has run out; `opened_at` is its first moment.

    `admitted_at` is not that: a programme that asked again was admitted before.
    """
    approvals = LedgerEntry.objects.filter(kind=Kind.PROGRAMME, case_id=OuterRef("pk"), step="admit")
    opened = Subquery(approvals.order_by("-seq").values("at")[:1])
    return Programme.objects.annotate(opened_at=opened).filter(
        notice_ends_at__isnull=False,
        admitted_at__isnull=False,
        status__in=[
            str(ProgrammeStatus.ON_NOTICE),
            str(ProgrammeStatus.ADMITTED),
            str(ProgrammeStatus.WITHDRAWN),
        ],
    )


def one_project_notice(programme_id: int) -> Programme:
    """One of them. Refused: notice.not_found."""
    row = project_notices().select_related("host", "admitting_unit").filter(pk=programme_id).first()
    if row is None:
        raise Refused("notice.not_found", notice=programme_id)
    return row


def units_to_name(actor: Actor) -> list[Unit]:
    """Bodies that a programme may name: those of the district and the city above it, no communities and persons."""
    district = actor.district_id or actor.unit_id or 0
    own = Unit.objects.filter(pk=district).values("parent")
    rows = (
        Unit.objects.filter(district=district)
        | Unit.objects.filter(pk=district)
        | Unit.objects.filter(pk__in=own)
        | Unit.objects.filter(parent__in=own, district__isnull=True)
        | Unit.objects.filter(pk=actor.unit_id or 0)
    )
    return list(rows.exclude(kind__in=[UnitKind.COMMUNITY, UnitKind.PERSON]).distinct().order_by("pk"))


def programmes_to_name(actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of the programmes of the district and the city above it, to which another may refer."""
    district = actor.district_id or actor.unit_id or 0
    above = Unit.objects.filter(pk=district).values("parent")
    rows = visible_to(actor, Programme).filter(Q(district=district) | Q(district__in=above))
    return list(rows.order_by("name", "pk").values_list("code", "name"))


def bodies_to_name(actor: Actor) -> list[tuple[str, Unit]]:
    """(role, unit) of every body that somebody of the district acts for, in the order of the units."""
    units = {unit.pk: unit for unit in units_to_name(actor)}
    held = Office.objects.filter(unit__in=units, role__in=BODY_ROLES, until__isnull=True)
    pairs = held.values_list("unit", "role").distinct().order_by("unit", "role")
    return [(role, units[unit]) for unit, role in pairs]
