"""The HTTP status of each sort of refusal."""

import pytest

from services.workflow.wording.refusals import SENTENCES
from services.workflow.wording.statuses import STATUSES, status_of


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("overtaken", 409),
        ("key_reused", 422),
        ("busy", 503),
        ("step.not_yours", 403),
        ("step.out_of_order", 409),
        ("case.not_found", 404),
        ("unit.not_found", 404),
        ("round.closed", 409),
        ("conflict.own_unit", 403),
        ("request.malformed", 400),
        ("request.invalid", 422),
        ("login.required", 401),
        ("request.too_large", 413),
        ("reason.missing", 422),
    ],
)
def test_a_refusal_has_its_status(code, status):
    assert status_of(code) == status


def test_no_status_stands_for_a_code_that_nobody_raises():
    assert STATUSES.keys() - SENTENCES.keys() == set()
