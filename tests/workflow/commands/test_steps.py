"""One door for all steps: the answer of many rows under its key."""

from uuid import uuid4

from services.workflow.commands.steps import take_steps
from tests.workflow import cast
from tests.workflow.cast import District


def endorse(d: District, *codes: str, key: object) -> list[str]:
    rows = [{"case": d.cases[code]} for code in codes]
    answer = take_steps("declaration", "endorse", rows, by=d.people["songxi"], key=key)  # type: ignore[arg-type]  # a UUID
    return [row.get("code", "ok") for row in answer["results"]]


def test_an_answer_that_refuses_every_row_is_not_kept_under_its_key(d: District) -> None:
    key = uuid4()

    first = endorse(d, "returned", key=key)
    cast.take("declaration", d.cases["returned"], "resubmit", d.people["returned"])

    assert (first, endorse(d, "returned", key=key)) == (["step.out_of_order"], ["ok"])


def test_an_answer_with_one_row_that_moved_is_kept(d: District) -> None:
    key = uuid4()

    first = endorse(d, "preliminary", "returned", key=key)
    cast.take("declaration", d.cases["returned"], "resubmit", d.people["returned"])

    assert first == endorse(d, "preliminary", "returned", key=key) == ["ok", "step.out_of_order"]
