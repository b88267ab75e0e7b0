"""Claims, steps and arrangements at once: one outcome that both sides can be told; 20 rounds, 200 at SCALE=hard."""

import datetime as dt
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands import claiming, conflicts, deputies, urging
from services.workflow.commands.steps import take_step
from services.workflow.models import Declaration, Deputy, Recusal, SideAct
from tests.races import at_once, codes
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.commands.test_races import CLIENTS, Scale, again, entries, newcomer, step
from tests.workflow.commands.test_races_rounds import forget_recusals

KIND = "declaration"


@pytest.fixture(scope="module")
def rounds(scale: Scale) -> int:
    return scale(20, 200)


def claim(d: District, who: str, case: int) -> Any:
    return partial(claiming.claim, KIND, case, by=d.people[who], key=uuid4())


def test_of_eight_claims_by_two_colleagues_one_person_has_it(committed: District, rounds: int) -> None:
    d = committed
    for _ in range(rounds):
        with again(d, "preliminary") as case:
            before = SideAct.objects.count()
            people = ("songxi", "songxi2") * (CLIENTS // 2)
            results = at_once(*[claim(d, who, case) for who in people])

            holder = Declaration.objects.get(pk=case).assignee_id
            mine = ["done" if d.people[who].member_id == holder else "work.claimed" for who in people]
            found = [one if isinstance(one, str) else "done" for one in results]
            assert (found, SideAct.objects.count() - before) == (mine, 1)


def test_a_claim_and_a_colleagues_step_never_both_succeed(committed: District, rounds: int) -> None:
    d, seen = committed, set()
    for _ in range(rounds):
        with again(d, "preliminary") as case:
            before = entries(case)
            taken, endorsed = at_once(claim(d, "songxi", case), step(d, case, "endorse", "songxi2"))
            outcome = tuple(one if isinstance(one, str) else "done" for one in (taken, endorsed))

            seen.add(outcome)
            assert entries(case) - before == (outcome[1] == "done")
    assert seen <= {("done", "step.not_yours"), ("work.not_yours", "done")}


def test_one_of_taking_back_and_endorsing_wins(committed: District, rounds: int) -> None:
    d = committed
    for number in range(rounds):
        # Filed anew each time: once somebody has acted, nothing is taken back.
        clerk = newcomer(d, f"back-{number}")
        case = cast.file(d, clerk)
        version = d.case(clerk).version
        pairs = (("take_back", clerk), ("endorse", "songxi")) * (CLIENTS // 2)
        found = codes(at_once(*[step(d, case, name, who, version=version) for name, who in pairs]))

        # What was taken back is a draft again, which a town does not see.
        assert (found.count("done"), entries(case)) == (1, 3)
        assert set(found) <= {"done", "overtaken", "case.not_found"}


def test_one_of_withdrawing_and_confirming_wins(committed: District, rounds: int) -> None:
    d = committed
    for _ in range(rounds):
        with again(d, "confirmation") as case:
            version = d.case("confirmation").version
            pairs = (("withdraw", "confirmation"), ("confirm", "committee1")) * (CLIENTS // 2)
            acts = [step(d, case, name, who, version=version) for name, who in pairs]

            assert codes(at_once(*acts)) == ["done", *["overtaken"] * (CLIENTS - 1)]


def test_of_two_who_hand_one_piece_of_work_on_one_is_told_that_it_is_gone(
    committed: District, rounds: int
) -> None:
    d, to = committed, committed.people["songxi2"].person
    for _ in range(rounds):
        with again(d, "preliminary") as case:
            act = partial(claiming.reassign, KIND, case, to=to, reason="出差", by=d.people["songxi"])

            assert codes(at_once(*[partial(act, key=uuid4()) for _ in range(CLIENTS)])) == [
                "done", *["work.not_yours"] * (CLIENTS - 1),
            ]  # fmt: skip


def test_one_person_urges_once_however_often_they_click(committed: District) -> None:
    case = committed.cases["decision"]
    act = partial(urging.urge, KIND, case, by=committed.people["office"])

    found = codes(at_once(*[partial(act, key=uuid4()) for _ in range(CLIENTS)]))

    assert found == ["done", *["urge.too_soon"] * (CLIENTS - 1)]


def test_one_deputy_for_one_time(committed: District) -> None:
    d, today = committed, dt.date(2026, 3, 2)
    colleague, by = d.people["office2"].person, d.people["office"]
    act = partial(deputies.appoint, to=colleague, begins=today, ends=today, reason="出差", by=by)

    found = codes(at_once(*[partial(act, key=uuid4()) for _ in range(CLIENTS)]))

    assert (found, Deputy.objects.count()) == (["deputy.overlaps"] * (CLIENTS - 1) + ["done"], 1)


def test_one_recusal_and_one_relation(committed: District) -> None:
    d = committed
    recuse = partial(conflicts.recuse, KIND, d.cases["preliminary"], reason="亲属", by=d.people["songxi"])
    declare = partial(
        conflicts.declare_relation, {"nature": "kin", "unit": d.units["idle"]}, by=d.people["songxi"]
    )

    recused = codes(at_once(*[partial(recuse, key=uuid4()) for _ in range(CLIENTS)]))
    declared = codes(at_once(*[partial(declare, key=uuid4()) for _ in range(CLIENTS)]))

    assert (recused, Recusal.objects.count()) == (["done", *["recuse.already"] * (CLIENTS - 1)], 1)
    assert declared == ["done", *["relation.exists"] * (CLIENTS - 1)]


def test_recusing_oneself_and_deciding_at_once_never_both_succeed(committed: District, rounds: int) -> None:
    d, seen = committed, set()
    for _ in range(rounds):
        with again(d, "decision") as case:
            out = partial(conflicts.recuse, KIND, case, reason="亲属", by=d.people["committee1"])
            recused, decided = at_once(partial(out, key=uuid4()), step(d, case, "decide", "committee1"))
            outcome = tuple(one if isinstance(one, str) else "done" for one in (recused, decided))

            seen.add(outcome)
            kept = Recusal.objects.filter(case_id=case).count()
            assert (kept == 1, outcome[0] == "done") == (outcome[1] != "done",) * 2
            forget_recusals()
    assert seen <= {("done", "conflict.recused"), ("work.not_yours", "done")}


def test_one_of_handing_over_and_deciding_wins(committed: District, rounds: int) -> None:
    d, to = committed, cast.colleague(committed.people["decision"]).person
    for _ in range(rounds):
        with again(d, "decision") as case:
            version = d.case("decision").version
            given = {"version": version, "fields": {"to": to}, "reason": "调离", "by": d.people["decision"]}
            over = partial(take_step, KIND, case, "hand_over", **given)
            acts: list[Any] = []
            for _ in range(CLIENTS // 2):
                decide = step(d, case, "decide", "committee1", version=version)
                acts += [partial(over, key=uuid4()), decide]

            assert codes(at_once(*acts)) == ["done", *["overtaken"] * (CLIENTS - 1)]
