"""Units and offices as they are kept, by their codes: what an import is checked against, and what an export tells."""

from collections import defaultdict

from services.workflow.domain.person_rows import Held, PersonRow
from services.workflow.domain.stages import Role, UnitKind
from services.workflow.domain.unit_rows import KnownUnit, UnitRow
from services.workflow.models import Member, Office, Unit


def known_units() -> dict[str, KnownUnit]:
    """Kind and parent of every unit, by code."""
    rows = Unit.objects.values_list("code", "kind", "parent__code")
    return {code: KnownUnit(kind, parent or "") for code, kind, parent in rows}


def offices_held() -> dict[str, frozenset[Held]]:
    """The offices held now, by user name."""
    held: dict[str, set[Held]] = defaultdict(set)
    rows = Office.objects.filter(until__isnull=True)
    for username, unit, role in rows.values_list("member__username", "unit__code", "role"):
        held[username].add((unit, role))
    return {username: frozenset(offices) for username, offices in held.items()}


def unit_rows() -> list[UnitRow]:
    """Every unit as a row, the one above before those under it."""
    found = Unit.objects.order_by("pk").values_list("code", "name", "kind", "parent__code", "category")
    return [
        UnitRow(0, code, name, UnitKind(kind), parent or "", category)
        for code, name, kind, parent, category in found
    ]


def person_rows() -> list[PersonRow]:
    """Every office held now as a row, and those who can log in and hold none."""
    found = Member.objects.filter(is_active=True).order_by("pk").prefetch_related("offices__unit")
    rows = []
    for member in found:
        held = [office for office in member.offices.all() if office.until is None]
        rows += [PersonRow(0, member.username, member.name, o.unit.code, Role(o.role)) for o in held] or [
            PersonRow(0, member.username, member.name)
        ]
    return rows
