from uuid import uuid4

import pytest

from services.workflow.commands.heads import name_head
from services.workflow.models import Office
from tests.workflow import contract
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal


def test_the_security_administrator_names_and_unnames_a_head(d: District) -> None:
    office, before = d.people["songxi"].office, contract.last_event()
    seen = []
    for head in (True, False):
        answer = name_head(office, head, by=d.people["security-admin"], key=uuid4())
        seen.append((answer, Office.objects.get(pk=office).is_head))

    assert seen == [({"office": office, "head": True}, True), ({"office": office, "head": False}, False)]
    assert contract.faults_since(before) == []


@pytest.mark.parametrize("who", ["songxi", "office", "system-admin", "audit-admin"])
def test_nobody_else_does(d: District, who: str) -> None:
    code = refusal(name_head, d.people["songxi"].office, True, by=d.people[who], key=uuid4())

    assert code == "step.not_yours"


def test_an_office_of_another_district_is_not_there(d: District) -> None:
    by = d.people["security-admin"]

    assert refusal(name_head, d.people["north-town"].office, True, by=by, key=uuid4()) == "office.not_found"
