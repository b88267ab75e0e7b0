import json

import pytest

from services.notify.incoming import Budget, Sub, parse_sub


def test_a_sub_frame():
    text = json.dumps({"t": "sub", "ticket": "x.y", "topics": ["case:1"], "since": "e.1.2"})

    assert parse_sub(text) == Sub("x.y", ["case:1"], "e.1.2")


def test_public_topics_need_no_ticket_and_a_ticket_no_topics():
    assert parse_sub('{"t":"sub","topics":["public:notice"]}') == Sub(None, ["public:notice"], None)
    assert parse_sub('{"t":"sub","ticket":"x.y"}') == Sub("x.y", None, None)


@pytest.mark.parametrize(
    "text",
    [None, "", "{", "[]", "null", "1",
     '"sub"', "{}", '{"t":"sub"}', '{"t":"pub","topics":[]}', '{"t":"sub","topics":"case:1"}',
     '{"t":"sub","topics":[1]}', '{"t":"sub","ticket":1}', '{"t":"sub","topics":[],"since":5}', "[" * 10_000,
     json.dumps({"t": "sub", "topics": ["case:1"] * 201}), json.dumps({"t": "sub", "ticket": "x" * 20_000})],
)  # fmt: skip
def test_anything_else_is_no_frame_of_ours(text):
    assert parse_sub(text) is None


def test_a_budget_is_spent_and_comes_back(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("services.notify.incoming.time.monotonic", lambda: now[0])
    budget = Budget(3)

    assert [budget.spend() for _ in range(4)] == [True, True, True, False]

    now[0] += 20
    assert [budget.spend(), budget.spend()] == [True, False]
