"""Recusals are kept once, and counted on the case."""

import pytest
from django.db import Error, connection, transaction

from services.workflow.commands.conflicts import recuse
from services.workflow.models import Declaration, Recusal
from tests.workflow.cast import District


@pytest.mark.parametrize(
    "statement", ["UPDATE workflow_recusal SET reason = ''", "DELETE FROM workflow_recusal"]
)
def test_a_recusal_is_counted_on_its_case_and_never_changed(d: District, statement: str) -> None:
    case = d.cases["preliminary"]
    before = Declaration.objects.get(pk=case)

    recuse("declaration", case, reason="亲属", by=d.people["songxi"], key=None)

    after = Declaration.objects.get(pk=case)
    assert (after.recusals, after.version) == (before.recusals + 1, before.version)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Recusal.objects.get().reason == "亲属"
