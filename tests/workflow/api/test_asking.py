"""What a request says beside its body."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.http import HttpResponse

from services.workflow.api.asking import key_of, seen, tag
from services.workflow.domain.refused import Refused

KEY = "7b1c1a56-58c4-4f6c-9a3d-0c5f4a1f2b3c"


def test_the_clients_key_is_taken(rf):
    request = rf.post("/", headers={"Idempotency-Key": KEY})

    assert key_of(request) == UUID(KEY) == request.key


def test_a_missing_key_is_made_once_a_request(rf):
    assert key_of(rf.post("/")) != key_of(rf.post("/"))


def test_a_key_that_is_no_uuid_is_refused(rf):
    with pytest.raises(Refused) as refused:
        key_of(rf.post("/", headers={"Idempotency-Key": "again"}))

    assert refused.value.code == "request.key_malformed"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ('"3"', (3, None)),
        ('"3.7"', (3, 7)),
        ('W/"3"', (3, None)),
        ("3", (3, None)),
        ("*", (1, 2)),
        ("", (1, 2)),
    ],
)
def test_the_version_comes_from_the_header_before_the_body(rf, header, found):
    request = rf.post("/", headers={"If-Match": header} if header else {})

    expected = found if header in {"", "*"} else (found[0], found[1] if found[1] is not None else 2)
    assert seen(request, 1, 2) == expected


@pytest.mark.parametrize("header", ["three", '"3.7.1"', '"-1"', '"٣"'])
def test_a_header_that_holds_no_version_is_refused(rf, header):
    with pytest.raises(Refused) as refused:
        seen(SimpleNamespace(headers={"If-Match": header}), None)  # type: ignore[arg-type]  # headers are all it reads

    assert refused.value.code == "request.version_malformed"


def test_the_tag_is_version_and_revision():
    with_revision, without = HttpResponse(), HttpResponse()
    tag(with_revision, SimpleNamespace(version=3, revision=7))
    tag(without, SimpleNamespace(version=3))

    assert (with_revision["ETag"], without["ETag"]) == ('"3.7"', '"3"')
