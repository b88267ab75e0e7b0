"""`manage.py deliveries`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from services.workflow.models import Delivery
from tests.workflow.cast import NOW


def run(*arguments):
    said = StringIO()
    call_command("deliveries", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def dead(d):
    return Delivery.objects.create(
        key="feed:1", target="mail", channel="mail", member_id=d.people["songxi"].member_id, kind="work",
        send_at=NOW, ended="dead", error="SMTP 550", attempts=2, event={"type": "honour.warn", "case": 7},
    )  # fmt: skip


def test_what_was_given_up_is_listed_without_its_content(dead):
    assert run() == (
        f"{dead.pk} mail member {dead.member_id} honour.warn 2 tries: SMTP 550\n"
        "0 waiting, 1 given up, 0 receivers rest\n"
    )


@pytest.mark.parametrize("every", [True, False])
def test_it_is_sent_again(dead, every):
    assert run("again", *(["--all"] if every else [str(dead.pk)])) == "1 sent again\n"

    dead.refresh_from_db()
    assert dead.ended == ""


def test_one_that_is_not_there_is_an_error(dead):
    with pytest.raises(CommandError, match=r"delivery\.not_found"):
        run("again", str(dead.pk + 1))


def test_none_named_is_an_error(d):
    with pytest.raises(CommandError, match="name the deliveries"):
        run("again")
