"""What an inbox page is narrowed to."""

import pytest

from services.workflow.queries.inbox import CASES, count_waiting, waiting_for
from services.workflow.queries.inbox_narrowing import EVERYTHING, Narrowing
from tests.workflow import cast


@pytest.mark.parametrize("kind", [*CASES, "round_task"])
def test_everything_narrows_nothing(kind):
    assert EVERYTHING.condition(kind) == ""


@pytest.mark.parametrize(
    "narrowed",
    [Narrowing(edition=1), Narrowing(town=1), Narrowing(words="听泉"), Narrowing(kind="honour"),
     Narrowing(due_before=cast.NOW), Narrowing(due_from=cast.NOW)],
)  # fmt: skip
def test_every_condition_is_a_statement_that_runs(d, narrowed):
    assert count_waiting(d.people["office"], narrowed) >= 0


def test_a_percent_sign_is_a_sign_like_any_other(d):
    assert count_waiting(d.people["songxi"], Narrowing(words="%")) == 0


def test_an_edition_finds_cases_and_tasks(d):
    office, department = d.people["office"], d.people["dep-police"]

    assert count_waiting(office, Narrowing(edition=d.edition)) == count_waiting(office)
    assert count_waiting(department, Narrowing(edition=d.edition)) == count_waiting(department)


def test_words_find_unit_pinyin_and_number(d):
    from services.workflow.models import Unit  # app ready

    Unit.objects.filter(code="preliminary").update(name="听泉社区", pinyin="ting quan she qu")
    number = d.case("preliminary").number

    found = [
        [item.id for item in waiting_for(d.people["songxi"], narrowed=Narrowing(words=words)).items]
        for words in ("听泉", "tingquan", number, "没有")
    ]

    assert found == [[d.cases["preliminary"]]] * 3 + [[]]
