"""What messages beyond the browser say, in the language in use: titles, particulars, and the names of their parts."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from services.workflow.domain.messages import ESCALATED
from services.workflow.wording.labels import kind_label, mode_label, status_label
from services.workflow.wording.steps import step_label

MESSAGE_KINDS: dict[str, Promise] = {
    "work": pgettext_lazy("message", "New work for me"),
    "due": pgettext_lazy("message", "Falling due and overdue"),
    "objection": pgettext_lazy("message", "Objections"),
    "notice": pgettext_lazy("message", "Public notices"),
    "honour": pgettext_lazy("message", "Honours, re-reviews, rectifications"),
    "programme": pgettext_lazy("message", "Programmes"),
    "progress": pgettext_lazy("message", "Progress of declarations"),
}
WAYS: dict[str, Promise] = {
    "mail": pgettext_lazy("way", "Mail"),
    "sms": pgettext_lazy("way", "Text message"),
    "wecom": pgettext_lazy("way", "WeCom robot"),
    "dingtalk": pgettext_lazy("way", "DingTalk robot"),
    "feishu": pgettext_lazy("way", "Feishu robot"),
    "webhook": pgettext_lazy("way", "Webhook"),
}
HOWS: dict[str, Promise] = {
    "off": pgettext_lazy("how", "Off"),
    "now": pgettext_lazy("how", "At once"),
    "digest": pgettext_lazy("how", "Digest"),
}
ENDINGS: dict[str, Promise] = {
    "": pgettext_lazy("delivery", "waiting"),
    "sent": pgettext_lazy("delivery", "sent"),
    "dropped": pgettext_lazy("delivery", "not sent"),
    "dead": pgettext_lazy("delivery", "given up"),
}

# What a try can end in, beside the codes of HTTP, SMTP and the robots' makers, which stand for themselves.
FAULTS: dict[str, Promise] = {
    "timed out": pgettext_lazy("fault", "timed out"),
    "connection refused": pgettext_lazy("fault", "connection refused"),
    "connection broken": pgettext_lazy("fault", "connection broken"),
    "name not found": pgettext_lazy("fault", "name not found"),
    "no valid answer": pgettext_lazy("fault", "no valid answer"),
    "TLS failed": pgettext_lazy("fault", "TLS failed"),
    "the address lies in a private network": pgettext_lazy("fault", "the address lies in a private network"),
    "only https leaves the house": pgettext_lazy("fault", "only https leaves the house"),
    "switched off": pgettext_lazy("fault", "switched off"),
    "removed": pgettext_lazy("fault", "removed"),
    "no address": pgettext_lazy("fault", "no address"),
    "not to be read any more": pgettext_lazy("fault", "not to be read any more"),
}


@dataclass(frozen=True)
class Matter:
    """What a message may say of one matter; only what its reader may see was put in."""

    kind: str
    unit: str = ""
    edition: str = ""
    place: str = ""
    leg_name: str = ""
    mode: str = ""
    step: str = ""
    due_on: date | None = None
    days_left: int | None = None


def message_label(kind: object) -> str:
    return str(MESSAGE_KINDS.get(str(kind), kind))


def way_label(channel: object) -> str:
    return str(WAYS.get(str(channel), channel))


def how_label(how: object) -> str:
    return str(HOWS.get(str(how), how))


def ending_label(ended: object) -> str:
    return str(ENDINGS.get(str(ended), ended))


def fault_label(error: object) -> str:
    return str(FAULTS.get(str(error), error))


def title(message_kind: str, matter: Matter) -> str:
    """One line: what it is and whom it concerns."""
    what = matter.leg_name or (mode_label(matter.mode) if matter.mode else kind_label(matter.kind))
    about = " · ".join(part for part in (matter.unit, what) if part)
    if message_kind == "work":
        return _("To do: %(about)s") % {"about": about}
    if message_kind == ESCALATED:
        return _("Undone past its day: %(about)s") % {"about": about}
    if message_kind == "due":
        late = matter.days_left is not None and matter.days_left < 0
        words = _("Overdue: %(about)s") if late else _("Falls due: %(about)s")
        return words % {"about": about}
    step = step_label(matter.kind, matter.step) if matter.step else kind_label(matter.kind)
    return _("%(about)s: %(step)s") % {"about": about, "step": step}


def particulars(matter: Matter) -> list[tuple[str, str]]:
    """Label and value, for those that there are."""
    place = ""
    if matter.place:
        place = mode_label(matter.mode) if matter.mode else status_label(matter.kind, matter.place)
    found = [
        (_("Edition"), matter.edition),
        (_("Stands at"), place),
        (_("Due on"), due_words(matter)),
    ]
    return [(label, value) for label, value in found if value]


def due_words(matter: Matter) -> str:
    """The day, and how many working days that is from today."""
    if matter.due_on is None or matter.days_left is None:
        return ""
    day = matter.due_on.isoformat()
    left = matter.days_left
    if left < 0:
        late = ngettext("%(n)s working day late", "%(n)s working days late", -left) % {"n": -left}
        return f"{day} ({late})"
    if left == 0:
        return f"{day} ({_('today')})"
    remaining = ngettext("%(n)s working day left", "%(n)s working days left", left) % {"n": left}
    return f"{day} ({remaining})"


def many_title(count: int) -> str:
    """The subject of a letter with several messages."""
    return ngettext("%(n)s message for you", "%(n)s messages for you", count) % {"n": count}


def more_words(count: int) -> str:
    """What stands below a list that was cut."""
    return ngettext("and %(n)s more", "and %(n)s more", count) % {"n": count}


def trial_title() -> str:
    """A test message says so, lest anybody look for its matter."""
    return _("Test message: you can be reached here")


def brand() -> str:
    return _("Laurel")


def foot_words() -> str:
    """Why this came, and where to change it."""
    return _("You receive this because of your notification settings.")


def open_words() -> str:
    return _("Open")


def settings_words() -> str:
    return _("Notification settings")


def log_in_words() -> str:
    """The end of a text message: no addresses, they are what fraudsters send."""
    return _("Log in to see more.")
