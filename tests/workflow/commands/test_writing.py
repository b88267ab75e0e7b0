"""What many cases have in common goes to the one statement once, and what is a case's own with it."""

import datetime as dt

from services.workflow.commands.writing import Entry, Shapes
from services.workflow.domain.placing import DueWork
from services.workflow.models import Declaration

DUE = DueWork("leg", dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC))


def entry(case: int, *, rank: int | None = None, public: dict[str, object] | None = None) -> Entry:
    row = Declaration(pk=case, version=2, leg=2, stage="eligibility", rank=rank, asked_before=[1])
    return Entry(
        case=row, seq=2, source="preliminary_review", source_leg=1, target="eligibility", hash=f"{case:064x}",
        previous="", reason_digest="", salt="", text="", topics=[f"case:{case}"], public=public, due=(DUE,),
        rearmed=True,
    )  # fmt: skip


def test_cases_that_go_the_same_way_are_one_shape() -> None:
    told = Shapes(Declaration, [entry(1), entry(2), entry(3)])

    assert told.shape_of == [0, 0, 0]
    assert [(s["shape"], s["source"], s["target"], s["leg"]) for s in told.shapes] == [
        (0, "preliminary_review", "eligibility", 2)
    ]
    assert [(d["due"], d["kind"], d["at"], d["leg"]) for d in told.dues] == [(0, "leg", DUE.at, 2)]
    assert told.due_of == [(1, 2, 0), (2, 2, 0), (3, 2, 0)]


def test_a_case_with_something_of_its_own_is_a_shape_of_its_own() -> None:
    told = Shapes(Declaration, [entry(1), entry(2, rank=7), entry(3)])

    assert told.shape_of == [0, 1, 0]
    assert [shape["rank"] for shape in told.shapes] == [None, 7]


def test_what_anybody_may_hear_is_each_ones_own() -> None:
    told = Shapes(Declaration, [entry(1, public={"notice": 1}), entry(2, public={"notice": 2})])

    assert told.shape_of == [0, 1]
    assert [shape["public"] for shape in told.shapes] == [{"notice": 1}, {"notice": 2}]
