"""The choices of a draft's forms: the words of the closed lists, and what depends on the draft or the district."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services.workflow.domain.actor import Actor
from services.workflow.domain.programme_rules import PARENT, SUBJECT
from services.workflow.domain.stages import REVIEWING, Mode, Role, Stage, UnitKind
from services.workflow.models import Unit
from services.workflow.queries.drafts import bodies_to_name, programmes_to_name, units_to_name
from services.workflow.web.forms import Words
from services.workflow.wording.labels import CHANNELS, MODES, STAGES, role_label
from services.workflow.wording.standard import BOUNDS, FIGURES, METHODS, RULES

UNIT_KINDS: dict[str, Words] = {
    UnitKind.COMMUNITY: pgettext_lazy("kind of unit", "community"),
    UnitKind.TOWN: pgettext_lazy("kind of unit", "town"),
    UnitKind.DISTRICT: pgettext_lazy("kind of unit", "district"),
    UnitKind.CITY: pgettext_lazy("kind of unit", "city"),
    UnitKind.DEPARTMENT: pgettext_lazy("kind of unit", "department"),
    UnitKind.WORKING_GROUP: pgettext_lazy("kind of unit", "working group"),
    UnitKind.PARTY_ORGANISATION: pgettext_lazy("kind of unit", "party organisation"),
    UnitKind.PERSON: pgettext_lazy("kind of unit", "person"),
    UnitKind.COMMITTEE: pgettext_lazy("kind of unit", "committee"),
    UnitKind.LEADING_GROUP: pgettext_lazy("kind of unit", "leading group"),
}
SUBJECT_KINDS = {
    kind: UNIT_KINDS[kind]
    for kind in UNIT_KINDS
    if kind not in {UnitKind.CITY, UnitKind.DISTRICT, UnitKind.COMMITTEE, UnitKind.LEADING_GROUP}
}
LEG_STAGES = {str(stage): STAGES[stage] for stage in (Stage.DRAFT, *REVIEWING)}
LEG_MODES = {str(mode): MODES[mode] for mode in Mode}
SILENCES = {
    "remind": gettext_lazy("remind only"),
    "escalate": gettext_lazy("report to whoever is above"),
    "deemed_none": gettext_lazy("counts as no objection"),
}
MAJORITIES = {
    "majority": gettext_lazy("more than half"),
    "two_thirds": gettext_lazy("two thirds or more"),
    "all": gettext_lazy("all"),
}
ELECTORATES = {"present": gettext_lazy("of those present"), "members": gettext_lazy("of all members")}
PERSON_NAMES = {
    "full": gettext_lazy("in full"),
    "masked": gettext_lazy("masked but for the first sign"),
}
AFTER_RETURNS = {
    "straight_back": gettext_lazy("straight back to the leg that asked"),
    "through": gettext_lazy("again through the legs between"),
}
OUTSIDES = {
    "warn": gettext_lazy("allowed, with a warning"),
    "reason": gettext_lazy("allowed with a reason"),
    "refuse": pgettext_lazy("outside a window", "refused"),
}
QUOTAS = {
    "none": pgettext_lazy("quota", "no quota"),
    "minimum": pgettext_lazy("quota", "at least"),
    "exact": pgettext_lazy("quota", "exactly"),
    "maximum": pgettext_lazy("quota", "at most"),
}
OUTCOMES = {
    "retain": gettext_lazy("retain the title"),
    "warn": gettext_lazy("warn"),
    "order_rectification": gettext_lazy("order rectification"),
}
SCALES = {
    "points": gettext_lazy("points"),
    "met": gettext_lazy("how many targets are met"),
}
ROUNDINGS = {
    "half_up": gettext_lazy("round half up"),
    "half_even": gettext_lazy("round half to even"),
    "down": gettext_lazy("cut off"),
}
RULE_KINDS = {str(kind): words for kind, words in RULES.items()}
METHOD_KINDS = {str(kind): words for kind, words in METHODS.items()}
FIGURE_KINDS = {str(kind): words for kind, words in FIGURES.items()}
BOUND_KINDS = {str(kind): words for kind, words in BOUNDS.items()}
CHANNEL_KINDS = dict(CHANNELS)
RELATIVE_BODIES = (
    (Role.DECLARANT, SUBJECT),
    (Role.DECLARANT, PARENT),
    (Role.TOWN, "subject.town"),
    (Role.OFFICE, "subject.district"),
)


@dataclass(frozen=True)
class Offered:
    """What can be chosen in this draft; read once a page."""

    bodies: Mapping[str, str]
    units: Mapping[str, str]
    scorers: Mapping[str, str]
    legs: Mapping[str, str]
    categories: Mapping[str, str]
    programmes: Mapping[str, str]

    def named(self, which: str) -> Mapping[str, str]:
        found: Mapping[str, str] = getattr(self, which)
        return found


def offered(actor: Actor, values: Mapping[str, Any], route: Any) -> Offered:
    """The bodies, units and other programmes of the district, and the legs and categories of the draft itself."""
    units = {unit.code: unit.name for unit in units_to_name(actor)}
    return Offered(
        bodies={**_relative(), **_absolute(actor)},
        units=units,
        scorers={**_relative_units(), **units},
        legs=_known(route, "key"),
        categories=_known(values.get("categories"), "code"),
        programmes={code: name for code, name in programmes_to_name(actor) if code != values.get("code")},
    )


def _relative_units() -> dict[str, str]:
    return {
        SUBJECT: _("the declaring unit itself"),
        PARENT: _("the unit directly above the declarant"),
        "subject.town": _("the town of the declaring unit"),
        "subject.district": _("the district of the declaring unit"),
    }


def _relative() -> dict[str, str]:
    words = _relative_units()
    return {f"{role}@{unit}": words[unit] for role, unit in RELATIVE_BODIES}


def _absolute(actor: Actor) -> dict[str, str]:
    found: dict[str, str] = {}
    for role, unit in bodies_to_name(actor):
        found[f"{role}@{unit.code}"] = _body_name(role, unit)
    return found


def _body_name(role: str, unit: Unit) -> str:
    """A unit's name; with the role where the unit's kind does not say it."""
    return unit.name if role in {str(unit.kind), Role.OFFICE} else f"{unit.name}（{role_label(role)}）"


def _known(entries: Any, key: str) -> dict[str, str]:
    rows = [entry for entry in entries if isinstance(entry, Mapping)] if isinstance(entries, list) else []
    return {str(row.get(key, "")): str(row.get("name", "")) or str(row.get(key, "")) for row in rows}
