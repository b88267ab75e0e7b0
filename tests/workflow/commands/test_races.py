"""Eight clients at once: one winner, and the others are told so; 20 rounds every day, 200 at SCALE=hard."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from services.workflow.commands import answers, due, slates
from services.workflow.commands.steps import take_step
from services.workflow.domain.refused import Refused
from services.workflow.models import (
    Ballot,
    Declaration,
    Due,
    LedgerEntry,
    Member,
    Office,
    Round,
    RoundTask,
    SlateLine,
    Unit,
)
from services.workflow.queries.rights import actor_of
from tests.races import at_once, codes
from tests.workflow import cast
from tests.workflow.cast import District, take

CLIENTS = 8
Scale = Callable[[int, int], int]


@pytest.fixture(scope="module")
def rounds(scale: Scale) -> int:
    return scale(20, 200)


@contextmanager
def again(d: District, code: str) -> Iterator[int]:
    """The unit's declaration as the cast left it: a further round begins where the first one did.

    The ledger goes on and keeps its chain; the row is put back by the owner, past the trigger.
    """
    kept: Any = Declaration.objects.filter(pk=d.cases[code]).values().get()
    try:
        yield d.cases[code]
    finally:
        put_back(d, code, kept)


def put_back(d: District, code: str, kept: dict[str, Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE workflow_declaration DISABLE TRIGGER USER")
        version = Declaration.objects.get(pk=d.cases[code]).version
        back = {name: value for name, value in kept.items() if name not in {"id", "last_xid"}}
        Declaration.objects.filter(pk=d.cases[code]).update(**{**back, "version": version})
        cursor.execute("ALTER TABLE workflow_declaration ENABLE TRIGGER USER")


def step(d: District, case: int, name: str, who: str, **more: Any) -> Callable[[], Any]:
    more = {"reason": "说明", "key": uuid4(), **more}
    return lambda: take_step("declaration", case, name, by=d.people[who], **more)


def entries(case: int) -> int:
    return LedgerEntry.objects.filter(case_id=case).count()


def test_one_of_eight_who_decide_the_same_case_succeeds(committed: District, rounds: int) -> None:
    d = committed
    found = []

    for _ in range(rounds):
        with again(d, "decision") as case:
            before, version = entries(case), d.case("decision").version
            people = [d.people[f"committee{n % 3 + 1}"] for n in range(CLIENTS)]
            acts = [
                partial(take_step, "declaration", case, "decide", by=by, key=uuid4(), version=version)
                for by in people
            ]
            found.append(
                (codes(at_once(*acts)), entries(case) - before, d.case("decision").version - version)
            )

    assert found == [(["done", *["overtaken"] * (CLIENTS - 1)], 1, 1)] * rounds


def test_a_key_used_eight_times_at_once_has_one_effect_and_one_answer(
    committed: District, rounds: int
) -> None:
    d = committed
    found = []

    for _ in range(rounds):
        with again(d, "decision") as case:
            before = entries(case)
            results = at_once(
                *[step(d, case, "decide", "committee1", key=key) for key in [uuid4()] * CLIENTS]
            )
            found.append(
                ([r == results[0] and not isinstance(r, str) for r in results], entries(case) - before)
            )

    assert found == [([True] * CLIENTS, 1)] * rounds


def test_one_of_eight_who_answer_the_same_task_succeeds(committed: District, rounds: int) -> None:
    d = committed
    found = []

    for _ in range(rounds):
        with in_scoring(d) as (task, act):
            found.append(
                (codes(at_once(*[partial(act, key=uuid4()) for _ in range(CLIENTS)])), scores_of(task))
            )

    assert found == [(["done", *["overtaken"] * (CLIENTS - 1)], 2)] * rounds


def test_a_key_answers_a_task_once_however_often_it_comes(committed: District, rounds: int) -> None:
    d, rounds = committed, rounds // 2
    found = []

    for _ in range(rounds):
        with in_scoring(d) as (task, act):
            results = at_once(*[partial(act, key=key) for key in [uuid4()] * CLIENTS])
            found.append(([r == results[0] and not isinstance(r, str) for r in results], scores_of(task)))

    assert found == [([True] * CLIENTS, 2)] * rounds


@contextmanager
def in_scoring(d: District) -> Iterator[tuple[RoundTask, Callable[..., Any]]]:
    """The first task of a round that scores one case, and the act of answering it."""
    case = d.cases["assessment"]
    round_id = cast.table(d, [case])
    task = cast.tasks_of(round_id)[0]
    by = cast.asked(d, task)
    yield task, partial(cast.decide, task.pk, "scored", by, cast.marks(by, [case]))
    end(d, round_id)


def end(d: District, round_id: int) -> None:
    """End a round without an outcome, so that its case can be tabled again."""
    SlateLine.objects.filter(slate__rounds=round_id).update(open=False, struck_reason="again")
    Round.objects.filter(pk=round_id, status="NEW").update(status="CANCELED", closed_at=cast.NOW, outcome={})
    Declaration.objects.filter(pk=d.cases["assessment"]).update(
        waiting_role="office", waiting_unit=d.units["office"]
    )


def scores_of(task: RoundTask) -> int:
    return task.scores.count()


@pytest.mark.parametrize(
    ("code", "one", "other", "outcomes"),
    [
        ("preliminary", ("endorse", "songxi"), ("withdraw", "preliminary"), {"eligibility", "withdrawn"}),
        ("preliminary", ("return", "songxi"), ("endorse", "songxi2"), {"eligibility", "returned"}),
        ("returned", ("resubmit", "returned"), ("withdraw", "returned"), {"preliminary_review", "withdrawn"}),
        ("confirmation", ("confirm", "committee1"), ("decline", "committee2"), {"evaluation", "declined"}),
    ],
)
def test_of_two_steps_at_once_one_is_taken(
    committed: District,
    scale: Scale,
    code: str,
    one: tuple[Any, ...],
    other: tuple[Any, ...],
    outcomes: set[str],
) -> None:
    d = committed

    for _ in range(scale(5, 200)):
        with again(d, code) as case:
            before, version = entries(case), d.case(code).version
            results = at_once(*[step(d, case, name, who, version=version) for name, who in (one, other)])

            assert codes(results) == ["done", "overtaken"]
            assert (d.case(code).stage in outcomes, entries(case) - before) == (True, 1)


def test_a_veto_and_a_decision_at_once_never_both_stand_on_the_same_version(
    committed: District, scale: Scale
) -> None:
    d = committed

    for _ in range(scale(10, 200)):
        with again(d, "decision") as case:
            version = d.case("decision").version
            veto = step(d, case, "raise_veto", "dep-police", version=version, fields=cast.VETO)
            results = at_once(veto, step(d, case, "decide", "committee1", version=version))

            # Whoever reads the row before the veto and its facts after it hears of the veto itself.
            assert codes(results) in (["done", "overtaken"], ["declaration.vetoed", "done"])
            if not isinstance(results[0], str):
                take("declaration", case, "lift_veto", d.people["dep-police"], reason="查清")


def test_two_officers_who_table_the_same_case_make_one_slate_of_it(committed: District, scale: Scale) -> None:
    d = committed
    case = d.cases["assessment"]

    for _ in range(scale(5, 200)):
        acts = [
            partial(slates.table, d.edition, [case], by=d.people[who], key=uuid4())
            for who in ("office", "office2")
        ]
        results = at_once(*acts)

        assert codes(results) == ["done", "slate.already_tabled"]
        assert SlateLine.objects.filter(case=case, open=True).count() == 1
        end(d, next(result["round"] for result in results if not isinstance(result, str)))


def test_a_ballot_that_meets_the_closing_of_its_round_counts_or_is_refused(
    committed: District, scale: Scale
) -> None:
    """Never in between: a ballot that was taken is in the round's outcome."""
    d = committed

    for _ in range(scale(5, 50)):
        with again(d, "vote") as case:
            round_id = cast.table(d, [case])
            first, second, third = cast.tasks_of(round_id)
            for task in (first, second):
                cast.decide(task.pk, "for", cast.asked(d, task))
            closing = partial(answers.close_round, round_id, by=d.people["office"], key=uuid4())
            results = at_once(partial(cast.decide, third.pk, "for", cast.asked(d, third)), closing)
            outcome = Round.objects.values_list("outcome", flat=True).get(pk=round_id)
            assert outcome is not None

            assert codes(results) == ["done", "round.closed"]
            assert Ballot.objects.filter(task__process=round_id).count() == outcome["answered"]
            assert d.case("vote").leg == cast.LEGS["decision"]


def test_two_sweeps_fire_each_due_row_once(committed: District, scale: Scale) -> None:
    d = committed
    count = scale(30, 300)
    Due.objects.filter(fired_at=None, cancelled_at=None).update(cancelled_at=cast.NOW)
    Due.objects.bulk_create(
        Due(kind="leg", n=n, case_id=d.cases["begun"], version=10_000, at=cast.EARLIER)
        for n in range(1, count + 1)
    )

    fired = at_once(*[partial(due.fire_due, most=count)] * 3)

    assert sum(fired) == count
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM signal WHERE type = 'due.passed'")
        assert cursor.fetchone() == (count,)


def test_a_unit_that_takes_back_meets_its_town_that_endorses(committed: District, scale: Scale) -> None:
    d = committed

    for number in range(scale(4, 100)):
        clerk = newcomer(d, f"late-{number}")
        case = cast.file(d, clerk)
        results = at_once(step(d, case, "endorse", "songxi"), step(d, case, "take_back", clerk))

        assert codes(results).count("done") == 1
        # Once it has been taken back, it is a draft again, which a town does not see.
        refused = {code for code in codes(results) if code != "done"}
        assert refused <= {"overtaken", "step.out_of_order", "case.not_found"}
        assert (d.case(clerk).stage in {"eligibility", "draft"}, entries(case)) == (True, 3)


def newcomer(d: District, code: str) -> str:
    """One more community of the same town with its clerk."""
    town = Unit.objects.get(pk=d.units["songxi"])
    unit = Unit.objects.create(
        code=code, name=code, kind="community", parent=town, town=town, district=town.district
    )
    member = Member.objects.create(username=code, name=code, password="!")
    office = Office.objects.create(member=member, unit=unit, role="declarant", name=code, since=cast.EARLIER)
    d.people[code] = actor_of(office)
    return code


@dataclass
class Reader:
    """Reads the feed as services/notify does: by cursor, below the horizon of the snapshot."""

    seen: list[tuple[int, int]] = field(default_factory=list)
    at: tuple[str, int] = ("0", 0)
    until: int | None = None  # a transaction that began after all had been written

    def read(self) -> None:
        passed = False
        while not passed:
            with connection.cursor() as cursor:
                until = self.until
                cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                passed = until is not None and cursor.fetchone()[0] > until
                cursor.execute(
                    # Named with its table: alone, `xid` would be the text that is selected, and 1000 come before 999.
                    "SELECT f.xid::text, f.id, f.case_id, f.seq FROM feed f"
                    " WHERE (f.xid, f.id) > (%s::text::xid8, %s) AND f.seq IS NOT NULL"
                    " AND f.xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY f.xid, f.id",
                    self.at,
                )
                rows = cursor.fetchall()
            if rows:
                self.at = rows[-1][:2]
                self.seen.extend((case, seq) for _, _, case, seq in rows)


def veto_and_lift(d: District, case: int, who: str, turns: int) -> None:
    """One department bars and frees a case in turn; where the other was first, it tries again."""
    ground = {"dep-police": "public_security", "dep-health": "family_planning"}[who]
    for turn in range(2 * turns):
        name, fields = ("raise_veto", {**cast.VETO, "ground": ground}) if turn % 2 == 0 else ("lift_veto", {})
        while True:
            try:
                take("declaration", case, name, d.people[who], reason="说明", **fields)
                break
            except Refused as refused:
                assert refused.code in {"overtaken", "busy"}, refused


def test_the_feed_keeps_the_order_of_each_case_under_eight_writers(committed: District, scale: Scale) -> None:
    """Read while they write: nothing is lost, nothing is turned round."""
    d, turns, reader = committed, scale(4, 60), Reader()
    cases = [d.cases[code] for code in ("clearance", "joint_review", "confirmation", "naming")]
    before = {case: entries(case) for case in cases}
    writers = [
        partial(veto_and_lift, d, case, who, turns) for case in cases for who in ("dep-police", "dep-health")
    ]

    def write() -> list[str]:
        try:
            return at_once(*writers)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id()::text::bigint")
                reader.until = cursor.fetchone()[0]

    _, written = at_once(reader.read, write)

    assert written == [None] * CLIENTS
    for case in cases:
        assert [seq for at, seq in reader.seen if at == case] == list(range(1, before[case] + turns * 4 + 1))
