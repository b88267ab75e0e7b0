"""`manage.py ledger verify`."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from services.workflow.models import LedgerEntry


def test_a_sound_database_is_told_in_one_line(d):
    said = StringIO()

    call_command("ledger", "verify", stdout=said)

    entries = LedgerEntry.objects
    cases = entries.values("case_id").distinct().count()
    assert said.getvalue() == f"{cases} cases, {entries.count()} entries, 0 faults\n"


def test_a_fault_is_named_and_ends_in_failure(d):
    case, said = d.cases["returned"], StringIO()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger DISABLE TRIGGER USER")
        cursor.execute("UPDATE ledger SET target = 'named' WHERE case_id = %s AND seq = 3", [case])

    with pytest.raises(SystemExit) as ended:
        call_command("ledger", "verify", stdout=said)

    assert ended.value.code == 1
    assert said.getvalue().splitlines()[:2] == [f"case {case} seq 3: hash", f"case {case} seq 3: row"]
