"""Separation of duty: by the register, by recusal, by dated offices; what is refused is kept."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands import conflicts, deputies
from services.workflow.domain.refused import Refused
from services.workflow.models import (
    Declaration,
    LedgerEntry,
    Office,
    Recusal,
    RefusedAct,
    Relation,
    SideAct,
)
from services.workflow.queries.rights import actor_of
from tests.workflow import cast, contract
from tests.workflow.cast import NOW, District
from tests.workflow.commands.refusing import refusal

KIND = "declaration"
DAY = dt.timedelta(days=1)


def declare(d: District, who: str, nature: str = "kin", **of: Any) -> Any:
    return conflicts.declare_relation({"nature": nature, **of}, by=d.people[who], key=uuid4())


def endorse(d: District, who: str = "songxi") -> Any:
    return cast.take(KIND, d.cases["preliminary"], "endorse", d.people[who])


def recuse(
    d: District, who: str, to: str = "", case: str = "preliminary", reason: str = "亲属在该社区任职"
) -> Any:
    successor = d.people[to].person if to else None
    return conflicts.recuse(KIND, d.cases[case], reason=reason, to=successor, by=d.people[who], key=uuid4())


def kept() -> list[tuple[int | None, str, int | None, str]]:
    rows = RefusedAct.objects.order_by("pk")
    return [(row.member_id, row.step, row.case_id or row.task_id, row.code) for row in rows]


@pytest.mark.parametrize("to", ["unit", "person"])
def test_a_declared_relation_bars_every_decision_until_it_ends(d: District, to: str) -> None:
    of: dict[str, Any] = (
        {"unit": d.units["preliminary"]} if to == "unit" else {"person": d.people["preliminary"].person}
    )
    relation, case = declare(d, "songxi", **of)["relation"], d.cases["preliminary"]

    barred = [
        refusal(endorse, d),
        refusal(cast.take, KIND, case, "return", d.people["songxi"], reason="缺材料"),
    ]
    conflicts.end_relation(relation, by=d.people["songxi"], key=uuid4())
    endorse(d)

    assert barred == ["conflict.related", "conflict.related"]
    assert [row[1:] for row in kept()] == [
        ("endorse", case, "conflict.related"), ("return", case, "conflict.related"),
    ]  # fmt: skip


def test_it_bars_nobody_else_and_no_other_unit(d: District) -> None:
    declare(d, "songxi", unit=d.units["idle"])
    declare(d, "songxi2", unit=d.units["preliminary"])

    endorse(d, "songxi")

    assert kept() == []


@pytest.mark.parametrize(
    ("given", "code"),
    [({}, "relation.one_of"), ({"unit": "preliminary", "person": "preliminary"}, "relation.one_of"),
     ({"unit": "north-community"}, "unit.not_found"), ({"person": "north-office"}, "relation.one_of"),
     ({"person": "songxi"}, "relation.one_of"), ({"unit": "idle", "nature": "foe"}, "field.not_a_choice")],
)  # fmt: skip
def test_what_is_declared_is_one_unit_or_person_of_the_district(d: District, given: Any, code: str) -> None:
    fields = {"nature": "kin", **given}
    if "unit" in given:
        fields["unit"] = d.units[given["unit"]]
    if "person" in given:
        fields["person"] = d.people[given["person"]].person

    assert refusal(conflicts.declare_relation, fields, by=d.people["songxi"], key=uuid4()) == code


def test_the_register_is_ones_own_and_says_nothing_twice(d: District) -> None:
    relation = declare(d, "songxi", unit=d.units["idle"])["relation"]

    assert refusal(declare, d, "songxi", unit=d.units["idle"]) == "relation.exists"
    assert (
        refusal(conflicts.end_relation, relation, by=d.people["songxi2"], key=uuid4()) == "relation.not_found"
    )
    assert Relation.objects.get().ended_at is None


def test_who_recuses_themselves_is_replaced_by_the_deputy(d: District) -> None:
    begins = dt.date(2026, 3, 2)
    to, by = d.people["songxi2"].person, d.people["songxi"]
    deputies.appoint(to=to, begins=begins, ends=begins + DAY, reason="出差", by=by, key=uuid4())
    before = contract.last_event()

    recuse(d, "songxi")

    row = Recusal.objects.get()
    assert (d.case("preliminary").assignee_id, row.replaced_by_id, row.reason) == (to, to, "亲属在该社区任职")
    assert SideAct.objects.get(kind="recuse").to_member_id == to
    assert contract.faults_since(before) == []
    endorse(d, "songxi2")


def test_without_a_deputy_it_goes_to_whom_they_name_or_back_to_the_pool(d: District) -> None:
    recuse(d, "songxi")
    pool = d.case("preliminary").assignee_id
    refused = refusal(endorse, d)
    last = refusal(recuse, d, "songxi2")

    assert (pool, refused, last) == (None, "conflict.recused", "recuse.nobody_left")
    assert refusal(recuse, d, "songxi") == "recuse.already"


@pytest.mark.parametrize(
    ("who", "to", "reason", "code"),
    [("songxi", "guihua", "亲属", "reassign.not_a_colleague"), ("songxi", "songxi2", " ", "field.missing"),
     ("office", "", "亲属", "work.not_yours")],
)  # fmt: skip
def test_a_recusal_has_a_reason_and_a_colleague(
    d: District, who: str, to: str, reason: str, code: str
) -> None:
    assert refusal(recuse, d, who, to, reason=reason) == code


def moved(d: District, who: str, unit: str, *, since: dt.datetime, until: dt.datetime | None) -> None:
    """A dated office that somebody also holds, or held."""
    Office.objects.create(
        member_id=d.people[who].person,
        unit_id=d.units[unit],
        role="declarant",
        name=who,
        since=since,
        until=until,
    )


@pytest.mark.parametrize(
    ("until", "code"), [(None, "conflict.was_of_unit"), (0, "conflict.was_of_unit"), (-1, "done")]
)
def test_after_a_move_between_offices_the_old_units_case_stays_closed(
    d: District, until: Any, code: str
) -> None:
    begun = LedgerEntry.objects.get(case_id=d.cases["preliminary"], seq=1).at
    left = None if until is None else begun + until * DAY + DAY / 24
    moved(d, "songxi", "preliminary", since=NOW - 90 * DAY, until=left)

    found = "done"
    try:
        endorse(d)
    except Refused as refused:
        found = refused.code

    assert found == code


def test_nobody_decides_at_two_levels_and_the_refusal_of_one_row_is_kept(d: District) -> None:
    confirmation, decision = d.cases["confirmation"], d.cases["decision"]
    seat = Office.objects.get(pk=d.people["songxi"].office)  # endorsed both as the town
    seat.role, seat.unit_id, seat.pk = "committee", d.units["committee"], None
    seat.save()

    by = actor_of(Office.objects.select_related("unit", "member").get(pk=seat.pk))
    rows = cast.take_many("confirm", [confirmation], by)

    assert [row["code"] for row in rows] == ["conflict.acted_before"]
    assert refusal(cast.take, KIND, decision, "decide", by) == "conflict.acted_before"
    assert [row[1:] for row in kept()] == [
        ("confirm", confirmation, "conflict.acted_before"), ("decide", decision, "conflict.acted_before"),
    ]  # fmt: skip


def test_a_colleague_of_the_same_seat_is_no_second_level(d: District) -> None:
    """Somebody who acted as the deputy of a colleague goes on in their own office of the same body."""
    case = d.cases["preliminary"]
    cast.take(KIND, case, "return", d.people["songxi"], reason="缺材料")
    cast.take(KIND, case, "resubmit", d.people["preliminary"])
    old = Office.objects.get(pk=d.people["songxi"].office)
    Office.objects.filter(pk=old.pk).update(until=NOW)
    old.pk = None
    old.save(force_insert=True)  # appointed anew to the same seat

    by = actor_of(Office.objects.select_related("unit", "member").get(pk=old.pk))

    assert cast.take(KIND, case, "endorse", by)["leg"] == 2


def test_a_barred_participant_answers_no_task_but_a_vote_may_say_recused(d: District) -> None:
    clearance = cast.tasks_of(cast.table(d, [d.cases["clearance"]]))[0]
    vote = cast.tasks_of(cast.table(d, [d.cases["vote"]]))[0]
    police, member = cast.asked(d, clearance), cast.asked(d, vote)
    for by, case in ((police, "clearance"), (member, "vote")):
        unit = Declaration.objects.get(pk=d.cases[case]).unit_id
        conflicts.declare_relation({"nature": "kin", "unit": unit}, by=by, key=uuid4())

    codes = [
        refusal(cast.decide, clearance.pk, "no_objection", police),
        refusal(cast.decide, vote.pk, "for", member),
    ]
    cast.decide(vote.pk, "recused", member, reason="亲属")

    assert codes == ["conflict.related", "conflict.related"]
    assert [row[1:] for row in kept()] == [
        ("decide", clearance.pk, "conflict.related"), ("decide", vote.pk, "conflict.related"),
    ]  # fmt: skip
