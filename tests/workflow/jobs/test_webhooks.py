"""The envelope of an event, and what a receiver's answers mean."""

import pytest

from services.workflow.commands.deliveries import Failure
from services.workflow.jobs.outgoing import Reply
from services.workflow.jobs.webhooks import envelope, judged

EVENT = {
    "type": "declaration.endorse", "c": "e-1.5.7", "epoch": "e-1", "case": 41, "kind": "declaration", "seq": 3,
    "at": "2026-03-02T01:15:00+00:00", "topic": "unit:7", "data": {"step": "endorse"},
}  # fmt: skip


def test_an_event_is_told_as_the_contract_has_it():
    assert envelope(EVENT, 1) == {
        "specversion": "1.0",
        "id": "e-1.5.7",
        "source": "/laurel/e-1",
        "type": "laurel.declaration.endorse",
        "subject": "41",
        "time": "2026-03-02T01:15:00+00:00",
        "datacontenttype": "application/json",
        "sequence": "3",
        "topic": "unit:7",
        "data": {"step": "endorse"},
    }


def test_what_there_is_not_is_left_out():
    told = envelope({**EVENT, "case": None, "seq": None}, 1)

    assert not {"subject", "sequence"} & told.keys()


def test_a_test_message_says_so():
    assert envelope({"type": "test", "at": "2026-03-02T01:15:00+00:00"}, 9)["type"] == "laurel.test"


@pytest.mark.parametrize(
    ("status", "headers", "failure", "wait_s"),
    [
        (200, {}, None, 0), (204, {}, None, 0), (301, {}, Failure.REST, 0), (404, {}, Failure.REST, 0),
        (410, {}, Failure.GONE, 0), (429, {"retry-after": "120"}, Failure.REST, 120),
        (503, {"retry-after": "99999"}, Failure.REST, 3600), (503, {"retry-after": "Mon"}, Failure.REST, 0),
    ],
)  # fmt: skip
def test_only_2xx_is_taken(status, headers, failure, wait_s):
    result = judged(Reply(status, b"", headers))

    assert (result.failure, result.wait_s) == (failure, wait_s)
