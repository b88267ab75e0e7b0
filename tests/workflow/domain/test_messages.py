import pytest

from services.workflow.domain.messages import (
    Channel,
    How,
    MessageKind,
    default_how,
    how_of,
    kind_of,
    whole_table,
)


@pytest.mark.parametrize(
    ("event", "waits", "kind"),
    [
        ("declaration.endorse", True, "work"),
        ("declaration.endorse", False, "progress"),
        ("declaration.create", True, None),
        ("declaration.hold", False, None),
        ("declaration.free", True, None),
        ("objection.create", False, "objection"),
        ("objection.assign", True, "work"),
        ("honour.warn", False, "honour"),
        ("rectification.report", False, "honour"),
        ("notice.release", False, "notice"),
        ("notice.create", True, None),
        ("programme.admit", False, "programme"),
        ("round_task.opened", True, "work"),
        ("round_task.opened", False, None),
        ("round_task.closed", True, "progress"),
        ("round_task.done", True, None),
        ("round_task.changed", True, None),
        ("round_task.reminded", True, "due"),
        ("round_task.reminded", False, None),
        ("due.passed", False, "due"),
        ("due.escalated", False, "due"),
        ("due.moved", False, "due"),
        ("due.near", True, None),
        ("reminder", False, "due"),
        ("rights.changed", True, None),
        ("session.ended", True, None),
        ("clock.moved", False, None),
        ("something.new", False, None),
    ],
)
def test_an_event_is_news_of_one_kind_or_none(event: str, waits: bool, kind: str | None) -> None:
    assert kind_of(event, waits=waits) == kind


@pytest.mark.parametrize(
    ("kind", "channel", "how"),
    [
        ("work", "mail", "now"),
        ("progress", "mail", "digest"),
        ("due", "sms", "now"),
        ("work", "sms", "off"),
        ("work", "wecom", "now"),
        ("notice", "feishu", "off"),
    ],
)
def test_without_a_choice_mail_tells_all_and_the_rest_what_cannot_wait(
    kind: str, channel: str, how: str
) -> None:
    assert default_how(kind, channel) == how


def test_a_choice_holds_against_its_default() -> None:
    assert how_of({("work", "mail"): "off"}, "work", "mail") == How.OFF
    assert how_of({("work", "mail"): "off"}, "due", "mail") == How.NOW


def test_the_table_has_every_kind_on_every_channel() -> None:
    table = list(whole_table({("work", "sms"): "now"}))

    assert len(table) == len(MessageKind) * len(Channel)
    assert (MessageKind.WORK, Channel.SMS, How.NOW) in table
