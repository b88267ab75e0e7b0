"""The town of each piece of work on a page."""

from services.workflow.queries.inbox import waiting_for
from services.workflow.queries.inbox_towns import towns_on
from tests.workflow.cast import District


def test_the_town_is_named_for_what_has_one(d: District) -> None:
    items = waiting_for(d.people["committee1"]).items

    assert set(towns_on(items).values()) == {"songxi社区"}
