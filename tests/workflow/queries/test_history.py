"""The record of a case, and the verification of all records."""

import pytest
from django.db import connection

from services.workflow.domain.entry_hash import entry_hash
from services.workflow.models import LedgerEntry, LedgerText
from services.workflow.queries.history import Flaw, history_of, verify_ledgers


def test_a_record_holds_all_that_its_hashes_are_made_of(d):
    entries = history_of(d.case("returned"))

    previous = ""
    for entry in entries:
        assert entry.previous == previous
        previous = entry_hash(
            case=entry.case, seq=entry.seq, source=entry.source, target=entry.target, leg=entry.leg, step=entry.step,
            actor=entry.actor, office=entry.office, at=entry.at, reason=entry.reason_digest, previous=previous,
        )  # fmt: skip
        assert entry.hash == previous
    assert [entry.step for entry in entries] == ["create", "submit", "return"]


def test_a_record_is_read_in_one_statement(d, django_assert_num_queries):
    case = d.case("held")

    with django_assert_num_queries(1):
        entries = history_of(case)

    assert len(entries) > 5


def test_people_stand_in_it_by_name_office_and_unit(d):
    last = history_of(d.case("returned"))[-1]

    assert (last.actor_name, last.office_name, last.unit, last.role, last.reason) == (
        "songxi",
        "songxi",
        "songxi社区",
        "town",
        "缺材料",
    )


def test_what_the_system_did_has_no_name(d):
    cleared = next(entry for entry in history_of(d.case("held")) if entry.step == "clear")

    assert (cleared.actor, cleared.office, cleared.actor_name, cleared.unit) == (None, None, "", "")


def test_a_record_ends_where_the_row_was_read(d):
    case = d.case("returned")
    case.version = 2

    assert [entry.seq for entry in history_of(case)] == [1, 2]
    assert [entry.seq for entry in history_of(case, after=1, limit=5)] == [2]


def test_every_ledger_of_the_cast_is_sound(d):
    found = verify_ledgers()

    assert found.flaws == ()
    assert found.entries == LedgerEntry.objects.count()
    assert found.cases == LedgerEntry.objects.values("case_id").distinct().count()


@pytest.fixture
def tampering(d):
    """Somebody with the owner's rights who has switched the trigger off."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger DISABLE TRIGGER USER")
        yield cursor


def test_a_changed_entry_is_found(d, tampering):
    case = d.cases["returned"]
    tampering.execute("UPDATE ledger SET step = 'endorse' WHERE case_id = %s AND seq = 2", [case])

    assert verify_ledgers().flaws == (Flaw(case, 2, "hash"),)


def test_a_removed_entry_is_found(d, tampering):
    case = d.cases["returned"]
    LedgerText.objects.filter(entry__case_id=case, entry__seq=2).delete()
    tampering.execute("DELETE FROM ledger WHERE case_id = %s AND seq = 2", [case])

    whats = {(flaw.seq, flaw.what) for flaw in verify_ledgers().flaws}
    assert whats == {(3, "gap"), (3, "source"), (3, "previous")}


def test_a_removed_end_is_found_by_the_row(d, tampering):
    case = d.cases["returned"]
    tampering.execute(
        "DELETE FROM ledger_text WHERE entry_id = (SELECT id FROM ledger WHERE case_id = %s AND seq = 3)",
        [case],
    )
    tampering.execute("DELETE FROM ledger WHERE case_id = %s AND seq = 3", [case])

    assert verify_ledgers().flaws == (Flaw(case, 2, "row"),)


def test_a_ledger_without_its_case_is_found(d, tampering):
    tampering.execute("UPDATE ledger SET case_id = 999999999 WHERE case_id = %s", [d.cases["begun"]])

    whats = {(flaw.case, flaw.what) for flaw in verify_ledgers().flaws}
    assert whats == {(999999999, "hash"), (999999999, "no_case"), (d.cases["begun"], "no_entry")}


def test_a_changed_reason_is_found_and_an_erased_one_is_none(d):
    LedgerText.objects.filter(text="缺材料").update(text="材料齐全")
    assert [flaw.what for flaw in verify_ledgers().flaws] == ["reason"]

    LedgerText.objects.filter(text="材料齐全").delete()
    assert verify_ledgers().flaws == ()
    assert history_of(d.case("returned"))[-1].reason is None
