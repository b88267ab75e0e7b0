from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.models import LedgerEntry
from services.workflow.queries.acts import Standing, members_on, standing_of, ties_of_member
from tests.workflow.cast import District


def test_a_member_acted_by_steps_scores_opinions_and_ballots(d: District) -> None:
    case, untouched = d.cases["decision"], d.cases["preliminary"]
    people = ("songxi", "dep-urban", "dep-police", "committee2", "investigator")

    found = {who: ties_of_member([case, untouched], d.people[who].person)[case] for who in people}

    assert found == {who: Standing(acted=frozenset({d.people[who].seat})) for who in people[:-1]} | {
        "investigator": Standing()
    }


def test_everybody_who_judged_a_case(d: District) -> None:
    case = d.cases["decision"]
    judges = (
        "songxi dep-police dep-health leading-group office committee1 committee2 committee3 dep-org dep-urban"
    )

    found = members_on([case])

    assert found == {case: frozenset(d.people[who].member_id for who in (*judges.split(), "decision"))}


def test_where_a_case_stands_and_who_acted_come_in_one_statement(d: District) -> None:
    case = d.case("decision")
    entry = LedgerEntry.objects.get(case_id=case.pk, seq=case.version)
    town = d.people["songxi"]

    with CaptureQueriesContext(connection) as sent:
        found = standing_of([case.pk, 0], town.member_id)

    assert len(sent) == 1
    assert found[case.pk] == Standing(entry.step, entry.hash, frozenset({town.seat}))
    assert found[0] == Standing()
    assert standing_of([case.pk], None)[case.pk].acted == frozenset()
