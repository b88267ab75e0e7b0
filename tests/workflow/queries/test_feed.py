"""The place in the feed that a page was read at."""

from services.workflow.queries.feed import cursor


def test_a_cursor_is_epoch_transaction_and_number(d):
    epoch, xid, number = cursor().rsplit(".", 2)

    assert (epoch.count("-"), xid.isdigit(), number.isdigit()) == (2, True, True)
