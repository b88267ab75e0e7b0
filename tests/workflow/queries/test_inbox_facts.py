"""The one fact that decides, of each row."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.queries.inbox import waiting_for
from services.workflow.queries.inbox_facts import RowFacts, facts_of
from tests.workflow import cast


def facts(d, who, kind, code):
    by = d.people[who]
    return facts_of(by, waiting_for(by).items)[kind, code]


def test_a_declaration_tells_score_evidence_and_leg(d):
    found = facts(d, "songxi", "declaration", d.cases["preliminary"])

    assert (found.leg_name, str(found.own_points), found.files, found.wanted) == ("街镇初评", "100.00", 1, 1)
    assert (found.mode, found.at_office, found.returned, found.vetoed) == ("single", False, False, False)


def test_one_filed_again_and_one_under_a_veto_are_marked(d):
    cast.take("declaration", d.cases["returned"], "resubmit", d.people["returned"])
    cast.take(
        "declaration",
        d.cases["preliminary"],
        "raise_veto",
        d.people["dep-police"],
        reason="案件",
        **cast.VETO,
    )

    assert facts(d, "songxi", "declaration", d.cases["returned"]).returned
    assert facts(d, "committee1", "declaration", d.cases["preliminary"]).vetoed


def test_a_task_tells_how_many_units_it_is_about(d):
    by = d.people["dep-police"]
    [(key, found)] = facts_of(by, waiting_for(by).items).items()

    assert (key[0], found.units, found.leg_name) == ("round_task", 1, "部门审查")


def test_statements_do_not_grow_with_rows(d):
    by, counts = d.people["office"], []
    items = waiting_for(by).items
    for some in (items[:1], items):
        with CaptureQueriesContext(connection) as asked:
            facts_of(by, some)
        counts.append(len(asked))

    assert (counts[0], len(items) > 2) == (counts[1], True)
    assert facts_of(by, ()) == {} and RowFacts() == RowFacts()
