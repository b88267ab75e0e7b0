from services.workflow.models import Signal
from tests.workflow import cast
from tests.workflow.cast import District, take


def test_a_round_that_ends_with_its_last_line_tells_its_bodies_and_the_office_that_tabled_it(
    d: District,
) -> None:
    round_id = cast.table(d, [d.cases["clearance"]])

    take("declaration", d.cases["clearance"], "withdraw", d.people["clearance"], reason="不参评了")

    signal = Signal.objects.filter(type="round_task.closed").latest("id")
    tasks = [task.pk for task in cast.tasks_of(round_id)]
    assert (signal.topics, signal.body) == (
        sorted(f"unit:{d.units[code]}" for code in ("office", "dep-police", "dep-health")),
        {"round": round_id, "tasks": tasks},
    )


def test_a_member_asked_alone_is_told_by_name(d: District) -> None:
    round_id = cast.table(d, [d.cases["vote"]])

    signal = Signal.objects.filter(type="round_task.opened").latest("id")
    members = {f"user:{task.assignee_id}" for task in cast.tasks_of(round_id)}
    assert len(members) > 1
    assert set(signal.topics) == members | {f"unit:{d.units[code]}" for code in ("office", "committee")}
