from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.commands.advance import Move
from services.workflow.commands.holding import editions_of, hold_where
from services.workflow.models import Edition
from tests.workflow.cast import District


def test_an_edition_is_locked_where_a_track_of_it_shares_something(d: District) -> None:
    editions = editions_of([Move(d.cases["preliminary"]), Move(d.cases["decision"])])
    hold_where(editions, lambda definition: False)  # so that its definition is at hand

    locks = []
    for shared in (True, False):
        with CaptureQueriesContext(connection) as sent:
            hold_where(editions, lambda definition, shared=shared: shared)  # type: ignore[misc]
        locks.append([each["sql"].count("FOR UPDATE") for each in sent])

    assert editions == [Edition.objects.get(pk=d.edition)]
    assert locks == [[1], []]


def test_cases_that_do_not_exist_hold_nothing(d: District) -> None:
    assert editions_of([Move(0)]) == []
