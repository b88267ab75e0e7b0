"""What people can be told beyond the browser, by which channel, and what each kind is by default."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class MessageKind(StrEnum):
    """What a message is about, as its reader chooses it."""

    WORK = "work"
    DUE = "due"
    OBJECTION = "objection"
    NOTICE = "notice"
    HONOUR = "honour"
    PROGRAMME = "programme"
    PROGRESS = "progress"


class Channel(StrEnum):
    """How a person is reached."""

    MAIL = "mail"
    SMS = "sms"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


class EndpointKind(StrEnum):
    """What a body is reached by: another system, or a robot in its group."""

    WEBHOOK = "webhook"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


class How(StrEnum):
    OFF = "off"
    NOW = "now"
    DIGEST = "digest"


class Ended(StrEnum):
    """What became of a delivery; an empty one still waits."""

    WAITING = ""
    SENT = "sent"
    DROPPED = "dropped"
    DEAD = "dead"


ROBOTS = (Channel.WECOM, Channel.DINGTALK, Channel.FEISHU)
REMINDER, TEST = "reminder", "test"
ESCALATED = "due.escalated"
MOVED = "due.moved"
CREATE = "create"
# Nobody's news: sockets act on them, or their step says nothing that another does not. Of a day that comes near the
# letter of the morning tells (commands/relay.py, remind).
UNTOLD = frozenset(
    {
        "session.ended",
        "rights.changed",
        "clock.moved",
        "unit.changed",
        "round_task.done",
        "round_task.changed",
        "due.near",
    }
)
UNTOLD_STEPS = frozenset({"hold", "free"})
BY_CASE = {
    "declaration": MessageKind.PROGRESS,
    "objection": MessageKind.OBJECTION,
    "notice": MessageKind.NOTICE,
    "honour": MessageKind.HONOUR,
    "rectification": MessageKind.HONOUR,
    "programme": MessageKind.PROGRAMME,
}
# Of work that is passed on without a step; a claim is nobody's news.
WORK_PASSED = {
    "reassigned": MessageKind.WORK,
    "urged": MessageKind.DUE,
    "copied": MessageKind.PROGRESS,
    "asked": MessageKind.WORK,
}
AT_ONCE = {
    Channel.MAIL: {MessageKind.WORK, MessageKind.DUE, MessageKind.OBJECTION},
    Channel.SMS: {MessageKind.DUE},
    Channel.WECOM: {MessageKind.WORK, MessageKind.DUE},
    Channel.DINGTALK: {MessageKind.WORK, MessageKind.DUE},
    Channel.FEISHU: {MessageKind.WORK, MessageKind.DUE},
}
Choices = Mapping[tuple[str, str], str]


def kind_of(event_type: str, *, waits: bool) -> MessageKind | None:
    """What an event is to somebody; `waits`: whether it left work with them. None where it is no news."""
    noun, _, what = event_type.partition(".")
    if event_type in {REMINDER, "due.passed", ESCALATED, MOVED}:
        return MessageKind.DUE
    if event_type in UNTOLD or what in UNTOLD_STEPS:
        return None
    if noun == "round_task":
        return _of_round(what, waits=waits)
    if noun == "work":
        return WORK_PASSED.get(what)
    if waits and what != CREATE:
        return MessageKind.WORK
    if what == CREATE and noun in {"declaration", "notice", "programme"}:
        return None  # a draft is begun: its own unit's affair
    return BY_CASE.get(noun)


def _of_round(what: str, *, waits: bool) -> MessageKind | None:
    if what == "opened":
        return MessageKind.WORK if waits else None
    if what == "reminded":
        return MessageKind.DUE if waits else None
    return MessageKind.PROGRESS


def default_how(kind: str, channel: str) -> How:
    """What holds where a person has chosen nothing: mail tells all, the rest what cannot wait."""
    if kind in AT_ONCE[Channel(channel)]:
        return How.NOW
    return How.DIGEST if channel == Channel.MAIL else How.OFF


def how_of(choices: Choices, kind: str, channel: str) -> How:
    """A person's choice for one kind on one channel."""
    chosen = choices.get((kind, channel))
    return How(chosen) if chosen else default_how(kind, channel)


def whole_table(choices: Choices) -> Iterable[tuple[MessageKind, Channel, How]]:
    """Every kind on every channel with what holds."""
    for kind in MessageKind:
        for channel in Channel:
            yield kind, channel, how_of(choices, kind, channel)
