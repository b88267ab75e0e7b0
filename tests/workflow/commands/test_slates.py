from uuid import uuid4

import pytest

from services.workflow.commands import slates
from services.workflow.models import Due, Member, RoundTask, Signal, Slate, SlateLine
from tests.workflow import cast
from tests.workflow.cast import VETO, District, take
from tests.workflow.commands.refusing import refusal, refused


def test_a_slate_goes_before_the_bodies_of_its_leg(d: District) -> None:
    case = d.cases["clearance"]

    answer = slates.table(d.edition, [case], by=d.people["office"], key=uuid4())

    tasks = RoundTask.objects.filter(pk__in=answer["tasks"]).order_by("pk")
    bodies = [(t.participant_role, t.participant_unit_id, t.assignee_id, t.status) for t in tasks]
    assert bodies == [("department", d.units[code], None, "NEW") for code in ("dep-police", "dep-health")]
    assert (answer["leg"], answer["lines"]) == (2, 1)
    row = d.case("clearance")
    assert (row.waiting_role, row.waiting_unit_id, row.version) == ("round", None, 3)
    assert Due.objects.filter(kind="task", task__in=tasks, cancelled_at=None).count() == 2
    signal = Signal.objects.order_by("-id")[0]
    assert (signal.type, signal.topics) == (
        "round_task.opened", sorted(f"unit:{d.units[code]}" for code in ("office", "dep-police", "dep-health")),
    )  # fmt: skip


def test_slates_of_an_edition_are_numbered_without_a_gap(d: District) -> None:
    cast.table(d, [d.cases["clearance"]])

    assert list(Slate.objects.order_by("pk").values_list("number", flat=True)) == list(
        range(1, Slate.objects.count() + 1)
    )


def test_in_a_vote_every_member_who_sits_now_is_asked_alone(d: District) -> None:
    Member.objects.filter(username="committee3").update(is_active=False)

    round_id = cast.table(d, [d.cases["vote"]])

    members = [task.assignee_id for task in cast.tasks_of(round_id)]
    assert members == [d.people[f"committee{n}"].member_id for n in (1, 2)]


@pytest.mark.parametrize(
    ("codes", "who", "code"),
    [
        ([], "office", "slate.empty"),
        (["clearance", "vote"], "office", "slate.mixed_legs"),
        (["confirmation"], "office", "slate.case_not_ready"),
        (["notice"], "office", "slate.not_a_round_leg"),
        (["clearance"], "songxi", "step.not_yours"),
        (["clearance"], "committee1", "step.not_yours"),
        (["clearance"], "north-office", "step.not_yours"),
        (["in_round"], "office", "slate.already_tabled"),
    ],
)
def test_a_slate_is_refused(d: District, codes: list[str], who: str, code: str) -> None:
    before = Slate.objects.count()

    found = refusal(slates.table, d.edition, [d.cases[c] for c in codes], by=d.people[who], key=None)

    assert (found, Slate.objects.count()) == (code, before)


def test_a_case_of_another_edition_or_none_is_not_found(d: District) -> None:
    assert refusal(slates.table, d.edition, [999_999], by=d.people["office"], key=None) == "case.not_found"
    assert (
        refusal(slates.table, 999_999, [d.cases["vote"]], by=d.people["office"], key=None)
        == "edition.not_found"
    )


def test_a_vetoed_case_is_not_tabled(d: District) -> None:
    case = d.cases["clearance"]
    take("declaration", case, "raise_veto", d.people["dep-police"], reason="案件", **VETO)

    found = refused(slates.table, d.edition, [case], by=d.people["office"], key=None)

    assert (found.code, found.params) == ("slate.case_not_ready", {"case": case, "why": "declaration.vetoed"})


def test_a_case_returned_from_a_round_is_struck_and_the_round_ends_with_its_last_line(d: District) -> None:
    case = d.cases["in_round"]
    line = SlateLine.objects.get(case=case, open=True)

    take("declaration", case, "return", d.people["office"], reason="缺材料")

    line.refresh_from_db()
    round_ = line.slate.rounds.get()
    assert (line.open, line.struck_reason, round_.status, round_.outcome) == (
        False, "return", "CANCELED", {"cancelled": "slate.empty"},
    )  # fmt: skip
    assert Due.objects.filter(task__process=round_, cancelled_at=None).count() == 0


def test_the_round_goes_on_without_a_line_that_was_struck(d: District) -> None:
    round_id = cast.table(d, [d.cases["clearance"], back(d)])

    take("declaration", d.cases["clearance"], "withdraw", d.people["clearance"], reason="不参评了")
    cast.answer_round(d, round_id)

    assert (d.case("clearance").stage, d.case("returned").leg) == ("withdrawn", 3)


def back(d: District) -> int:
    """The returned case, filed again and endorsed: a second one at clearance."""
    case = d.cases["returned"]
    take("declaration", case, "resubmit", d.people["returned"])
    take("declaration", case, "endorse", d.people["songxi"])
    return case
