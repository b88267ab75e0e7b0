"""What became of each message, and sending again."""

import pytest

from services.workflow.models import Delivery
from tests.workflow.cast import NOW
from tests.workflow.web.desk import Desk, words

PAGE = "/administration/deliveries"


def put(d, number, ended="dead", **fields):
    told = {
        "key": f"feed:{number}", "target": "mail", "channel": "mail", "member_id": d.people["songxi"].member_id,
        "district_id": d.units["yunling"], "kind": "work", "send_at": NOW, "ended": ended,
        "event": {"type": "declaration.endorse", "case": 7}, "error": "SMTP 550", "attempts": 1, **fields,
    }  # fmt: skip
    return Delivery.objects.create(**told)


def test_given_up_ones_are_listed_first_and_sent_again(d):
    row = put(d, 1)
    desk = Desk("system-admin")

    shown = desk.get(PAGE)
    answer = desk.send(PAGE, delivery=str(row.pk))

    assert "songxi" in words(shown) and "SMTP 550" in words(shown) and "已放弃 1 条" in words(shown)
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.ended, row.attempts, row.retry_at) == ("", 0, None)


@pytest.mark.parametrize(
    ("query", "seen"),
    [("", ["a"]), ("?ended=sent", ["b"]), ("?ended=", ["c"]), ("?ended=all", ["a", "b", "c"])],
)
def test_they_are_listed_by_what_became_of_them(d, query, seen):
    for name, ended in (("a", "dead"), ("b", "sent"), ("c", "")):
        put(d, name, ended, error=f"word-{name}")

    text = Desk("system-admin").get(PAGE + query).text

    assert [name for name in "abc" if f"word-{name}" in text] == seen


def test_what_is_not_dead_is_not_sent_again(d):
    row = put(d, 1, "sent")

    assert Desk("system-admin").send(PAGE, delivery=str(row.pk)).status_code == 409


@pytest.mark.parametrize("who", ["office", "audit-admin"])
def test_they_are_the_system_administrators(d, who):
    assert Desk(who).get(PAGE).status_code == 403


def test_another_districts_are_not_there(d):
    row = put(d, 1, district_id=d.units["north"])
    desk = Desk("system-admin")

    assert "SMTP 550" not in desk.get(PAGE).text
    assert desk.send(PAGE, delivery=str(row.pk)).status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_costs_the_same_with_one_and_with_three(d, django_assert_num_queries, more):
    for number in range(1 + more):
        put(d, number)
    desk = Desk("system-admin")

    with django_assert_num_queries(8):
        desk.get(PAGE)
