import pytest

from services.notify.cursor import Cursor, Place, parse, parse_place


def test_a_cursor_is_read_as_it_was_written():
    cursor = Cursor("6b00-1-4001", Place(2**63, 77))

    assert parse(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text",
    ["", "e", "e.1", "e.1.2.3", "e.-1.2", "e.1.", "E!.1.2", ".1.2", "e.1.2\n", "e.99999999999999999999.1",
     "e.1.9223372036854775808", "e.١.2", "e" * 90 + ".1.2"],
)  # fmt: skip
def test_anything_else_is_no_cursor(text):
    assert parse(text) is None


def test_places_are_in_the_order_of_the_feed():
    places = [Place(2, 1), Place(10, 1), Place(2, 10)]

    assert sorted(places) == [Place(2, 1), Place(2, 10), Place(10, 1)]


def test_the_database_writes_places():
    assert parse_place("90211.7733") == Place(90211, 7733)
