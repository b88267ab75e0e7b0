"""What a form sends beside its fields."""

from uuid import uuid4

import pytest
from django.test import RequestFactory

from services.workflow.domain.refused import Refused
from services.workflow.web.posted import key_of, next_address, number_of, tick_of, version_of


def posted(**fields):
    return RequestFactory().post("/", fields)


def test_key_and_version_are_read():
    key = uuid4()
    request = posted(key=str(key), version="3", revision="0")

    assert (key_of(request), version_of(request), version_of(request, "revision")) == (key, 3, 0)


@pytest.mark.parametrize("key", ["", "1", "not-a-key"])
def test_a_form_without_a_key_is_refused(key):
    with pytest.raises(Refused, match="key_malformed"):
        key_of(posted(key=key))


@pytest.mark.parametrize("version", ["", "-1", "1.5", "٣", "9" * 10])
def test_a_version_is_a_plain_number(version):
    with pytest.raises(Refused, match="version_malformed"):
        version_of(posted(version=version))


@pytest.mark.parametrize("value", ["7", "7:", ":3", "a:b", "7:3:1"])
def test_a_tick_names_case_and_version(value):
    assert tick_of("7:3") == (7, 3)
    with pytest.raises(Refused, match="version_malformed"):
        tick_of(value)


@pytest.mark.parametrize(
    ("given", "found"),
    [("7", 7), ("0", 0), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("", None), ("-1", None), ("٣", None),
     ("1.0", None)],
)  # fmt: skip
def test_a_key_that_came_as_text_is_a_number_or_nothing(given, found):
    assert number_of(given) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [("/editions?x=1", "/editions?x=1"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("", "/"),
     (None, "/"), ("javascript:alert(1)", "/")],
)  # fmt: skip
def test_the_next_address_is_of_this_site(given, found):
    assert next_address(RequestFactory().get("/"), given) == found
