"""What stands on every page: brand, navigation, demo mark, large type."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TYPE_COOKIE = "laurel_type"
LARGE = "large"


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation; `roles` empty means everyone who works here."""

    key: str
    label: Promise
    address: str
    roles: frozenset[str] = frozenset()


NAVIGATION = (
    Entry("inbox", pgettext_lazy("navigation", "To do"), "/"),
    Entry("editions", pgettext_lazy("navigation", "Editions"), "/editions"),
    Entry(
        "programmes",
        pgettext_lazy("navigation", "Programmes"),
        "/programmes",
        frozenset({"office", "committee", "leading_group", "town", "department"}),
    ),
    Entry("notices", pgettext_lazy("navigation", "Notices"), "/notices"),
    Entry("register", _("Register"), "/register"),
    Entry(
        "supervision",
        _("Supervision"),
        "/supervision",
        frozenset({"office", "committee", "leading_group", "town", "department", "declarant"}),
    ),
    Entry(
        "incidents",
        pgettext_lazy("navigation", "Incidents"),
        "/supervision/incidents",
        frozenset({"department"}),
    ),
    Entry(
        "people",
        pgettext_lazy("navigation", "People"),
        "/administration/people",
        frozenset({"system_admin", "security_admin", "audit_admin"}),
    ),
    Entry(
        "calendar",
        pgettext_lazy("navigation", "Calendar"),
        "/administration/calendar",
        frozenset({"system_admin", "security_admin", "audit_admin"}),
    ),
    Entry(
        "templates",
        pgettext_lazy("navigation", "Templates"),
        "/administration/templates",
        frozenset({"system_admin", "security_admin", "audit_admin"}),
    ),
    Entry(
        "messages",
        pgettext_lazy("navigation", "Messages"),
        "/administration/endpoints",
        frozenset({"system_admin"}),
    ),
    Entry(
        "refused",
        pgettext_lazy("navigation", "Refused acts"),
        "/administration/refused",
        frozenset({"audit_admin"}),
    ),
)


def current_entry(path: str) -> str:
    """The entry a page belongs to, by the longest address its path begins with."""
    entry = _entry(path)
    return entry.key if entry else ""


def roles_of(path: str) -> list[str]:
    """Whose page it is, where it is not everybody's."""
    entry = _entry(path)
    return sorted(entry.roles) if entry else []


def _entry(path: str) -> Entry | None:
    fitting = [entry for entry in NAVIGATION if path.startswith(entry.address) and entry.address != "/"]
    return max(fitting, key=lambda entry: len(entry.address), default=None)


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor of every page; asks no database."""
    large = request.COOKIES.get(TYPE_COOKIE) == LARGE
    return {
        "demo": settings.DEMO,
        "large_type": large,
        "navigation": NAVIGATION,
        "nav_current": "inbox" if request.path == "/" else current_entry(request.path),
        "page_path": request.get_full_path(),
    }
