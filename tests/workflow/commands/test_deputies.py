import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands import claiming, deputies
from services.workflow.domain.actor import Actor
from services.workflow.models import Deputy, LedgerEntry, Member
from services.workflow.queries.holders import offices_of
from services.workflow.queries.inbox import waiting_for
from services.workflow.queries.rights import actor_of
from tests.workflow import cast, contract
from tests.workflow.cast import NOW, District
from tests.workflow.commands.refusing import refusal

TODAY = dt.date(2026, 3, 2)
DAY = dt.timedelta(days=1)


def appoint(
    d: District, who: str, to: str, begins: dt.date = TODAY, days: int = 3, reason: str = "出差"
) -> Any:
    ends = begins + days * DAY
    to_member = d.people[to].member_id or 0
    return deputies.appoint(
        to=to_member, begins=begins, ends=ends, reason=reason, by=d.people[who], key=uuid4()
    )


def standing_in(d: District, who: str) -> list[Actor]:
    member = Member.objects.get(pk=d.people[who].person)
    return [by for office in offices_of(member) if (by := actor_of(office, member)).stands_for is not None]


def test_the_deputy_acts_in_the_others_office_and_the_ledger_says_so(d: District) -> None:
    case = d.cases["preliminary"]
    claiming.claim("declaration", case, by=d.people["songxi"], key=uuid4())
    appoint(d, "songxi", "songxi2")
    (by,) = standing_in(d, "songxi2")

    seen = case in {item.id for item in waiting_for(by).items}
    cast.take("declaration", case, "endorse", by)

    entry = LedgerEntry.objects.get(case_id=case, step="endorse")
    assert entry.office is not None
    assert (seen, entry.actor_id, entry.office.member_id) == (
        True, d.people["songxi2"].member_id, d.people["songxi"].member_id,
    )  # fmt: skip
    assert (by.name, by.stands_for_name) == ("songxi2", "songxi")


@pytest.mark.parametrize(("moment", "count"), [(-1, 0), (0, 1), (3, 1), (4, 0)])
def test_only_within_the_days_named(d: District, moment: int, count: int) -> None:
    appoint(d, "songxi", "songxi2", TODAY + 5 * DAY)
    cast.set_clock(NOW + (5 + moment) * DAY)

    assert len(standing_in(d, "songxi2")) == count


def test_revoking_ends_it_at_once_and_tells_the_deputys_pages(d: District) -> None:
    made, before = appoint(d, "songxi", "songxi2")["deputy"], contract.last_event()

    deputies.revoke_deputy(made, by=d.people["songxi"], key=uuid4())

    told = [(frame["type"], frame["topic"]) for frame in contract.frames_since(before)]
    assert (standing_in(d, "songxi2"), told) == (
        [],
        [("rights.changed", f"user:{d.people['songxi2'].member_id}")],
    )
    assert refusal(deputies.revoke_deputy, made, by=d.people["songxi"], key=uuid4()) == "deputy.not_found"


@pytest.mark.parametrize("to", ["songxi", "guihua", "office", "preliminary"])
def test_only_a_colleague_of_the_same_unit_stands_in(d: District, to: str) -> None:
    assert refusal(appoint, d, "songxi", to) == "deputy.not_a_colleague"


@pytest.mark.parametrize(("begins", "days"), [(-1, 3), (0, -1), (0, 91)])
def test_the_period_begins_today_or_later_and_is_not_for_ever(d: District, begins: int, days: int) -> None:
    assert refusal(appoint, d, "songxi", "songxi2", TODAY + begins * DAY, days) == "deputy.period"


def test_one_deputy_at_a_time(d: District) -> None:
    appoint(d, "office", "office2")
    touching = refusal(appoint, d, "office", "office2", TODAY + 3 * DAY)

    appoint(d, "office", "office2", TODAY + 4 * DAY)

    assert (touching, Deputy.objects.count()) == ("deputy.overlaps", 2)


def test_the_three_powers_are_not_deputed_and_a_deputy_deputes_nothing(d: District) -> None:
    appoint(d, "songxi", "songxi2")
    (by,) = standing_in(d, "songxi2")
    assert refusal(appoint, d, "system-admin", "audit-admin") == "deputy.powers_apart"
    days = {"begins": TODAY, "ends": TODAY}
    given = {**days, "to": d.people["songxi2"].member_id, "reason": "出差", "by": by, "key": uuid4()}
    assert refusal(deputies.appoint, **given) == "deputy.not_by_deputy"


def test_a_vote_is_cast_by_its_member_alone(d: District) -> None:
    tasks = cast.tasks_of(cast.table(d, [d.cases["vote"]]))
    appoint(d, "committee1", "committee2")
    (by,) = standing_in(d, "committee2")
    task = next(task for task in tasks if task.assignee_id == d.people["committee1"].member_id)

    assert refusal(cast.decide, task.pk, "for", by) == "step.not_yours"
