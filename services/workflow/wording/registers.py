"""Words for the columns and choices of the workbooks of units and of people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.workflow.domain.calendar_rows import DaySort
from services.workflow.domain.stages import Role, UnitKind
from services.workflow.wording.labels import ROLES as ROLE_LABELS

UNITS, PEOPLE, CALENDAR = _("Units"), _("People"), _("Calendar")

UNIT_COLUMNS: dict[str, Promise] = {
    "code": pgettext_lazy("column", "Code"),
    "name": pgettext_lazy("column", "Name"),
    "kind": pgettext_lazy("column", "Kind of unit"),
    "parent": pgettext_lazy("column", "Unit above, by code"),
    "category": pgettext_lazy("column", "Category"),
}

PERSON_COLUMNS: dict[str, Promise] = {
    "username": pgettext_lazy("column", "User name"),
    "name": pgettext_lazy("column", "Name"),
    "unit": pgettext_lazy("column", "Unit, by code"),
    "role": pgettext_lazy("column", "Role"),
    "ended": pgettext_lazy("column", "Office has ended"),
}

# The open data of the register; the codes are what programs read.
HONOUR_COLUMNS: dict[str, Promise] = {
    "number": pgettext_lazy("column of the register", "number in the register"),
    "title": pgettext_lazy("column of the register", "title"),
    "level": pgettext_lazy("column of the register", "level of the title, where it has levels"),
    "unit": pgettext_lazy("column of the register", "unit that holds it"),
    "town": pgettext_lazy("column of the register", "town"),
    "status": pgettext_lazy("column of the register", "state, by its code"),
    "conferred_on": pgettext_lazy("column of the register", "day it was conferred"),
    "next_rereview_on": pgettext_lazy("column of the register", "day of the next re-review"),
    "revoked_on": pgettext_lazy("column of the register", "day it was revoked"),
}

UNIT_KINDS: dict[UnitKind, Promise] = {
    UnitKind.CITY: pgettext_lazy("kind of unit", "city"),
    UnitKind.DISTRICT: pgettext_lazy("kind of unit", "district"),
    UnitKind.TOWN: pgettext_lazy("kind of unit", "town"),
    UnitKind.COMMUNITY: pgettext_lazy("kind of unit", "community"),
    UnitKind.DEPARTMENT: pgettext_lazy("kind of unit", "department"),
    UnitKind.COMMITTEE: pgettext_lazy("kind of unit", "committee"),
    UnitKind.LEADING_GROUP: pgettext_lazy("kind of unit", "leading group"),
    UnitKind.WORKING_GROUP: pgettext_lazy("kind of unit", "working group"),
    UnitKind.PARTY_ORGANISATION: pgettext_lazy("kind of unit", "party organisation"),
    UnitKind.PERSON: pgettext_lazy("kind of unit", "person"),
}

ROLES: dict[Role, Promise] = {role: ROLE_LABELS[role] for role in Role}

DAY_COLUMNS: dict[str, Promise] = {
    "from": pgettext_lazy("column", "From"),
    "until": pgettext_lazy("column", "Until"),
    "kind": pgettext_lazy("column", "Off or worked"),
    "name": pgettext_lazy("column", "Name"),
}
DAY_SORTS: dict[DaySort, Promise] = {
    DaySort.REST: pgettext_lazy("sort of day", "day off"),
    DaySort.WORK: pgettext_lazy("sort of day", "worked"),
}
