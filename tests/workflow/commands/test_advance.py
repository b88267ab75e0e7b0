"""The one writer: stage, ledger, due work and answer together, or nothing of them."""

import datetime as dt
import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.commands.steps import take_step, take_steps
from services.workflow.domain.calendar import end_of_day
from services.workflow.domain.entry_hash import entry_hash, reason_digest
from services.workflow.domain.refused import Refused
from services.workflow.models import CommandLog, Declaration, Due, LedgerEntry, LedgerText
from tests.workflow import cast
from tests.workflow.cast import LEGS, NOW, District, take


def chain(case: int) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(case_id=case).order_by("seq"))


def open_due(case: int) -> list[tuple[str, int | None, int, dt.datetime]]:
    """What falls due of a case; the reminder that goes with it is tried in test_reminders.py."""
    rows = (
        Due.objects.filter(case_id=case, fired_at=None, cancelled_at=None)
        .exclude(kind="reminder")
        .order_by("pk")
    )
    return list(rows.values_list("kind", "leg", "version", "at"))


def everything() -> dict[str, int]:
    """How many rows there are of all that a step writes."""
    models = (LedgerEntry, LedgerText, Due, CommandLog)
    return {model.__name__: model.objects.count() for model in models}


def refusal(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def test_one_statement_writes_the_place_the_ledger_the_due_work_and_the_answer(d: District) -> None:
    case, key, before = d.cases["preliminary"], uuid4(), everything()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = take_step("declaration", case, "endorse", by=d.people["songxi"], key=key, reason="好")

    writing = [
        q["sql"] for q in queries if any(each in q["sql"] for each in ("UPDATE", "INSERT", "laurel_writes"))
    ]
    assert len(writing) == 1
    assert answer == {"case": case, "kind": "declaration", "version": 3, "place": "eligibility", "leg": 2}
    assert {name: count - before[name] for name, count in everything().items()} == {
        "LedgerEntry": 1, "LedgerText": 1, "Due": 2, "CommandLog": 1,
    }  # fmt: skip
    row = d.case("preliminary")
    assert (row.stage, row.leg, row.version, row.applicant_id) == ("eligibility", 2, 3, d.units["songxi"])
    assert (row.waiting_role, row.waiting_unit_id, row.since) == ("office", d.units["office"], NOW)
    due = end_of_day(dt.date(2026, 3, 9))
    assert (row.due_at, open_due(case)) == (due, [("leg", 2, 3, due)])


def test_the_entry_says_who_did_what_when_and_why(d: District) -> None:
    case, by = d.cases["preliminary"], d.people["songxi"]

    take("declaration", case, "return", by, reason="缺材料")

    entry = chain(case)[-1]
    assert (entry.kind, entry.seq, entry.source, entry.target, entry.leg, entry.step) == (
        "declaration", 3, "preliminary_review", "returned", 0, "return",
    )  # fmt: skip
    assert (entry.actor_id, entry.office_id, entry.at, entry.reason.text) == (
        by.member_id,
        by.office_id,
        NOW,
        "缺材料",
    )
    assert entry.reason_digest == reason_digest("缺材料", entry.reason.salt)


@pytest.mark.parametrize("code", ["begun", "preliminary", "returned", "decision", "listed", "held", "naming"])
def test_the_chain_of_a_case_can_be_recomputed(d: District, code: str) -> None:
    previous, source = "", ""

    entries = chain(d.cases[code])

    assert [entry.seq for entry in entries] == list(range(1, d.case(code).version + 1))
    for entry in entries:
        assert (entry.previous, entry.source) == (previous, source)
        assert entry.hash == entry_hash(
            case=entry.case_id, seq=entry.seq, source=entry.source, target=entry.target, leg=entry.leg,
            step=entry.step, actor=entry.actor_id, office=entry.office_id, at=entry.at, reason=entry.reason_digest,
            previous=entry.previous,
        )  # fmt: skip
        previous, source = entry.hash, entry.target
    assert (entries[-1].target, entries[-1].leg) == (d.case(code).stage, d.case(code).leg)


def test_every_case_agrees_with_its_last_entry(d: District) -> None:
    """Whatever kind it is: no gap, no fork, the row as its ledger says."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', c.id FROM workflow_{table} c LEFT JOIN ledger l ON l.case_id = c.id"
                f" AND l.seq = c.version AND l.target = c.{place} AND l.kind = '{table}'"
                f" WHERE l.id IS NULL OR c.version <> (SELECT count(*) FROM ledger x WHERE x.case_id = c.id)"
                for table, place in (
                    ("declaration", "stage"),
                    ("honour", "status"),
                    ("notice", "status"),
                    ("programme", "status"),
                )
            )
        )
        assert cursor.fetchall() == []


def test_a_refused_step_leaves_nothing_and_frees_its_key(d: District) -> None:
    case, key, before = d.cases["preliminary"], uuid4(), everything()

    first = refusal(take_step, "declaration", case, "endorse", by=d.people["guihua"], key=key)
    second = refusal(take_step, "declaration", case, "return", by=d.people["songxi"], key=key)
    assert (first, second, everything()) == ("case.not_found", "reason.missing", before)
    answer = take_step("declaration", case, "endorse", by=d.people["songxi"], key=key)

    assert answer["version"] == 3


def test_a_repeated_key_gets_the_first_answer_and_does_nothing(d: District) -> None:
    case, key = d.cases["preliminary"], uuid4()

    first = take_step("declaration", case, "endorse", by=d.people["songxi"], key=key, version=2)
    before = everything()
    second = take_step("declaration", case, "endorse", by=d.people["songxi"], key=key, version=2)

    assert (second, everything()) == (first, before)


@pytest.mark.parametrize(
    ("who", "step", "reason"),
    [("songxi2", "endorse", ""), ("songxi", "endorse", "好"), ("songxi", "decline", "不行")],
)
def test_a_key_stands_for_one_actor_and_one_request(d: District, who: str, step: str, reason: str) -> None:
    case, key = d.cases["preliminary"], uuid4()
    take_step("declaration", case, "endorse", by=d.people["songxi"], key=key)

    found = refusal(take_step, "declaration", case, step, by=d.people[who], key=key, reason=reason)

    assert found == "key_reused"


def test_a_stale_version_is_overtaken_and_told_how_things_stand(d: District) -> None:
    case = d.cases["preliminary"]

    with pytest.raises(Refused) as caught:
        take_step("declaration", case, "endorse", by=d.people["songxi"], key=None, version=1)

    assert (caught.value.code, caught.value.params) == (
        "overtaken", {"case": case, "version": 2, "place": "preliminary_review"},
    )  # fmt: skip


def test_of_many_those_that_may_not_move_are_told_and_the_others_go_on(d: District) -> None:
    fine, ended, barred = d.cases["confirmation"], d.cases["held"], d.cases["joint_review"]
    rows = [
        {"case": ended},
        {"case": fine, "version": d.case("confirmation").version},
        {"case": barred, "version": 1},
    ]
    rows += [{"case": 999_999_999}, {"case": fine}]

    results = take_steps("declaration", "confirm", rows, by=d.people["committee1"], key=uuid4())["results"]

    assert [(r["case"], r["ok"], r.get("code", r.get("place"))) for r in results] == [
        (ended, False, "step.out_of_order"),
        (fine, True, "evaluation"),
        (barred, False, "overtaken"),
        (999_999_999, False, "case.not_found"),
        (fine, True, "evaluation"),
    ]
    assert json.loads(json.dumps(results)) == results


def test_a_case_named_twice_moves_once(d: District) -> None:
    """A step in place could otherwise be taken twice by one request."""
    case = d.cases["naming"]
    fields = cast.VETO

    results = cast.take_many("raise_veto", [case, case], d.people["dep-police"], **fields)

    assert ([r["ok"] for r in results], d.case("naming").version) == ([True, True], chain(case)[-2].seq + 1)


@pytest.mark.parametrize("count", [0, 10_001])
def test_no_step_is_taken_on_nothing_or_on_too_many(d: District, count: int) -> None:
    rows = [{"case": 1}] * count

    assert (
        refusal(take_steps, "declaration", "confirm", rows, by=d.people["committee1"], key=None)
        == "steps.count"
    )


def test_entries_of_many_stand_in_the_order_of_their_cases(d: District) -> None:
    cases = [d.cases["listed_too"], d.cases["listed"], d.cases["notice"]]

    cast.take_many("raise_veto", cases, d.people["dep-police"], **cast.VETO)

    written = LedgerEntry.objects.filter(step="raise_veto").order_by("id").values_list("case_id", flat=True)
    assert list(written) == sorted(cases)


def test_ten_thousand_move_in_one_go(d: District, scale: Any) -> None:
    count = scale(300, 10_000)
    cases = many_at(d, "confirmation", count)

    with CaptureQueriesContext(connection) as queries:
        results = cast.take_many("confirm", cases, d.people["committee1"])

    assert all(r["ok"] for r in results)
    assert len(queries) < 45
    assert (
        Declaration.objects.filter(
            pk__in=cases, stage="evaluation", leg=LEGS["assessment"], version=2
        ).count()
        == count
    )
    assert LedgerEntry.objects.filter(case_id__in=cases, seq=2).count() == count
    assert Due.objects.filter(case_id__in=cases, cancelled_at=None, kind="leg").count() == count


def many_at(d: District, code: str, count: int) -> list[int]:
    """Copies of one case, each of a unit of its own, with a ledger of one entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workflow_unit (code, name, kind, category, pinyin, town_id, district_id, parent_id)"
            " SELECT 'many-' || n, 'many', 'community', '', '', town_id, district_id, parent_id"
            " FROM workflow_unit, generate_series(1, %s) n WHERE id = %s",
            [count, d.units[code]],
        )
        columns = [
            str(f.column) for f in Declaration._meta.fields if f.column not in {"id", "unit_id", "version"}
        ]
        names = ", ".join(columns)
        cursor.execute(
            f"INSERT INTO workflow_declaration (unit_id, version, {names})"
            f" SELECT u.id, 1, {', '.join(f'c.{name}' for name in columns)}"
            " FROM workflow_declaration c, workflow_unit u WHERE c.id = %s AND u.name = 'many' RETURNING id",
            [d.cases[code]],
        )
        cases = [number for (number,) in cursor.fetchall()]
        cursor.execute(
            "INSERT INTO ledger (id, case_id, kind, seq, source, target, leg, step, at, reason_digest, previous, hash,"
            " topics) SELECT nextval('feed_id_seq'), c, 'declaration', 1, '', 'eligibility', 4, 'create', laurel_now(),"
            " '', '', 'x', '{}' FROM unnest(%s::bigint[]) c",
            [cases],
        )
    return cases


def test_moving_on_closes_the_old_due_work_and_opens_the_new(d: District) -> None:
    case = d.cases["confirmation"]
    before = Due.objects.get(case_id=case, kind="leg", fired_at=None, cancelled_at=None)

    take("declaration", case, "confirm", d.people["committee1"])

    before.refresh_from_db()
    assert before.cancelled_at == NOW
    assert open_due(case) == [("leg", 5, d.case("confirmation").version, end_of_day(dt.date(2026, 3, 30)))]


def test_a_return_has_no_due_day_and_the_way_back_arms_it_anew(d: District) -> None:
    case = d.cases["preliminary"]

    take("declaration", case, "return", d.people["songxi"], reason="缺材料")
    returned = open_due(case)
    cast.set_clock(NOW + dt.timedelta(days=7))
    take("declaration", case, "resubmit", d.people["preliminary"])

    assert (returned, open_due(case)) == ([], [("leg", 1, 4, end_of_day(dt.date(2026, 3, 23)))])


def test_a_veto_pauses_the_clock_and_its_end_gives_back_the_days_that_were_left(d: District) -> None:
    """Ten working days from Monday the 2nd; barred on Wednesday with eight left, freed three weeks later."""
    case, police = d.cases["preliminary"], d.people["dep-police"]
    cast.set_clock(NOW + dt.timedelta(days=2))

    take("declaration", case, "raise_veto", police, reason="案件", **cast.VETO)
    barred = d.case("preliminary")
    assert (barred.paused_days, barred.due_at, open_due(case)) == (8, None, [])
    assert (barred.waiting_role, barred.waiting_unit_id) == ("committee", d.units["committee"])
    cast.set_clock(NOW + dt.timedelta(days=21))
    take("declaration", case, "lift_veto", police, reason="查清")

    freed, due = d.case("preliminary"), end_of_day(dt.date(2026, 4, 2))
    assert (freed.paused_days, freed.due_at, open_due(case)) == (None, due, [("leg", 1, 4, due)])
    assert (freed.waiting_role, freed.waiting_unit_id) == ("town", d.units["songxi"])


def test_a_second_veto_keeps_the_days_of_the_first_pause_until_both_are_lifted(d: District) -> None:
    case, police, health = d.cases["preliminary"], d.people["dep-police"], d.people["dep-health"]
    take("declaration", case, "raise_veto", police, reason="案件", **cast.VETO)
    cast.set_clock(NOW + dt.timedelta(days=4))
    take(
        "declaration", case, "raise_veto", health, reason="另案", **{**cast.VETO, "ground": "family_planning"}
    )

    take("declaration", case, "lift_veto", police, reason="查清")
    between = d.case("preliminary")
    take("declaration", case, "lift_veto", health, reason="查清")

    assert (between.paused_days, between.waiting_role, between.due_at) == (10, "committee", None)
    after = d.case("preliminary")
    assert (after.paused_days, after.due_at) == (None, end_of_day(dt.date(2026, 3, 20)))


def test_a_draft_is_heard_of_by_nobody_above(d: District) -> None:
    case, unit = d.cases["begun"], d.units["begun"]
    topics = [entry.topics for entry in chain(case)]

    take("declaration", case, "withdraw", d.people["begun"], reason="不报了")

    assert topics == [[f"case:{case}", f"unit:{unit}"]]


def test_a_filed_declaration_is_heard_of_by_every_body_above(d: District) -> None:
    units = ("preliminary", "songxi", "yunling", "office")

    filed = chain(d.cases["preliminary"])[-1]

    assert filed.topics == [
        f"case:{d.cases['preliminary']}", *sorted(f"unit:{d.units[code]}" for code in units),
    ]  # fmt: skip


def test_a_reason_is_kept_apart_from_the_ledger_and_can_be_erased(d: District) -> None:
    case = d.cases["preliminary"]
    take("declaration", case, "return", d.people["songxi"], reason="当事人情况")
    digest = chain(case)[-1].reason_digest

    LedgerText.objects.filter(entry__case_id=case).delete()

    assert (chain(case)[-1].reason_digest, LedgerText.objects.filter(text="当事人情况").exists()) == (
        digest,
        False,
    )


def test_a_reason_has_an_end(d: District) -> None:
    found = refusal(
        take, "declaration", d.cases["preliminary"], "return", d.people["songxi"], reason="长" * 2001
    )

    assert found == "reason.too_long"
