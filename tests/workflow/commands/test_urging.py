import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands import urging
from services.workflow.models import Copy, SideAct
from tests.workflow import cast, contract
from tests.workflow.cast import NOW, District
from tests.workflow.commands.refusing import refusal, refused

KIND = "declaration"


def urge(d: District, who: str, case: str = "preliminary", text: str = "请抓紧") -> Any:
    return urging.urge(KIND, d.cases[case], text=text, by=d.people[who], key=uuid4())


def copy(d: District, who: str, to: list[str], case: str = "preliminary") -> Any:
    readers = [d.people[name].member_id or 0 for name in to]
    return urging.copy(KIND, d.cases[case], to=readers, note="请阅", by=d.people[who], key=uuid4())


def test_the_holder_is_urged_once_a_day_by_each_and_it_is_counted(d: District) -> None:
    before = contract.last_event()
    first, second = urge(d, "preliminary")["urged"], urge(d, "office")["urged"]
    again = refusal(urge, d, "preliminary")
    cast.set_clock(NOW + dt.timedelta(hours=15))  # past midnight in Shanghai
    next_day = urge(d, "preliminary")["urged"]

    assert (first, second, again, next_day) == (1, 2, "urge.too_soon", 3)
    assert {frame["topic"] for frame in contract.frames_since(before)} == {
        f"case:{d.cases['preliminary']}", f"unit:{d.units['songxi']}",
    }  # fmt: skip
    assert contract.faults_since(before) == []


@pytest.mark.parametrize(
    ("who", "case", "code"),
    [
        ("songxi", "preliminary", "work.own"),
        ("north-town", "preliminary", "case.not_found"),
        ("office", "listed", "work.nobody_waits"),
        ("office", "in_round", "work.nobody_waits"),
    ],
)
def test_nobody_urges_themselves_nor_nobody_nor_what_they_may_not_see(
    d: District, who: str, case: str, code: str
) -> None:
    assert refusal(urge, d, who, case) == code


def test_a_participant_of_a_round_is_urged_by_whoever_opened_it(d: District) -> None:
    task = cast.tasks_of(cast.table(d, [d.cases["clearance"]]))[0]
    before = contract.last_event()

    urging.urge("round_task", task.pk, by=d.people["office"], key=uuid4())

    assert {frame["topic"] for frame in contract.frames_since(before)} == {f"unit:{task.participant_unit_id}"}
    assert contract.faults_since(before) == []
    assert (
        refusal(urging.urge, "round_task", task.pk, by=d.people["north-office"], key=uuid4())
        == "task.unknown"
    )


def test_a_copy_is_laid_before_each_reader_once(d: District) -> None:
    before = contract.last_event()
    copy(d, "songxi", ["office", "dep-police"])

    rows = Copy.objects.filter(case_id=d.cases["preliminary"]).order_by("pk")
    names = {actor.member_id: name for name, actor in d.people.items()}
    assert [(names[row.member_id], row.note, row.seen_at) for row in rows] == [
        ("office", "请阅", None), ("dep-police", "请阅", None),
    ]  # fmt: skip
    found = refused(copy, d, "songxi", ["office"])
    assert (found.code, found.params) == ("copy.exists", {"name": "office"})
    assert SideAct.objects.filter(kind="copy").count() == 2
    assert contract.faults_since(before) == []


@pytest.mark.parametrize("to", ["guihua", "north-office", "idle"])
def test_a_copy_gives_nobody_a_right_to_see(d: District, to: str) -> None:
    found = refused(copy, d, "songxi", ["office", to])

    assert (found.code, found.params, Copy.objects.exists()) == ("copy.may_not_see", {"name": to}, False)


@pytest.mark.parametrize("count", [0, 21])
def test_a_copy_goes_to_some_but_not_to_everybody(d: District, count: int) -> None:
    code = refusal(
        urging.copy, KIND, d.cases["preliminary"], to=range(1, count + 1), by=d.people["songxi"], key=uuid4()
    )

    assert code == "copy.nobody"


def test_opening_a_copy_marks_it_once_and_for_its_reader_alone(d: District) -> None:
    copy(d, "songxi", ["office"])
    row = Copy.objects.get()

    urging.see_copy(row.pk, by=d.people["office"])
    cast.set_clock(NOW + dt.timedelta(days=1))
    urging.see_copy(row.pk, by=d.people["office"])

    row.refresh_from_db()
    assert row.seen_at == NOW
    assert refusal(urging.see_copy, row.pk, by=d.people["office2"]) == "case.not_found"
