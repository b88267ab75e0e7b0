"""A published version is kept: no page and no call of the API changes one, whatever its host sends.

The draft beside it is changed or gone afterwards: what was sent did arrive.

What SQL of the web role and even the owner may not do to its table is tried in models/test_edges.py.
"""

import itertools
import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import URLPattern

from services.workflow.commands.drafts import begin_draft
from services.workflow.domain.toml_text import definition_text
from services.workflow.models import ProgrammeDraft, ProgrammeVersion
from services.workflow.web import urls
from tests.workflow.api.client import Api
from tests.workflow.cast import DEFINITION
from tests.workflow.web.desk import Desk

METHODS = ("POST", "PUT", "PATCH", "DELETE")
CHANGED = replace(DEFINITION, summary="改过", pass_mark=Decimal("60"))
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>|{(\w+)}")


def kept() -> list[tuple[Any, ...]]:
    columns = (
        "pk",
        "programme_id",
        "number",
        "definition",
        "content_hash",
        "published_at",
        "published_by_id",
    )
    return list(ProgrammeVersion.objects.order_by("pk").values_list(*columns))


def fields(d, draft):
    """What any of the forms and calls would take, all at once, naming the version that is published already."""
    return {
        "key": str(uuid4()), "version": "1", "revision": str(draft.revision), "number": "1", "reason": "改一改",
        "programme": d.programme, "definition_version": d.version, "definition": definition_text(CHANGED),
        "text": definition_text(CHANGED), "name": "改过的名称", "pass_mark": "60", "summary": "改过",
        "year": 2027, "title": "改过的称号", "values": {"pass_mark": "60"}, "parts": {"name": "改过的名称"},
    }  # fmt: skip


def filled(pattern: str, d, draft) -> list[str]:
    """The addresses that a pattern stands for, of the programme at hand; none where it is about something else."""
    values: dict[str, list[Any]] = {
        "programme_id": [d.programme], "draft_id": [draft.pk], "number": [1], "edition_id": [d.edition],
        "place": ["name", "marks", "legs"], "step": ["propose", "admit", "refuse", "withdraw", "release"],
        "mode": ["vote"],
    }  # fmt: skip
    names = [first or second for first, second in CONVERTER.findall(pattern)]
    if not names or any(name not in values for name in names):
        return []
    return [
        named(pattern, list(map(str, chosen))) for chosen in itertools.product(*(values[n] for n in names))
    ]


def named(pattern: str, chosen: list[str]) -> str:
    """The pattern with its places filled in their order."""
    for value in chosen:
        pattern = CONVERTER.sub(value, pattern, count=1)
    return pattern


def patterns(listed: list[Any]) -> list[str]:
    found = []
    for one in listed:
        if isinstance(one, URLPattern):
            found.append("/" + str(one.pattern).lstrip("^"))
        else:
            found += patterns(one.url_patterns)
    return found


@pytest.fixture
def draft(d):
    begun = begin_draft(programme=d.programme, by=d.people["office"], key=None)
    return ProgrammeDraft.objects.get(pk=begun["draft"])


def test_no_page_changes_one(d, draft):
    before, desk = kept(), Desk("office")
    addresses = [address for one in patterns(urls.urlpatterns) for address in filled(one, d, draft)]
    assert f"/programmes/{d.programme}/versions/1/difference" in addresses

    for address, method in itertools.product(addresses, METHODS):
        data = fields(d, draft)
        desk.client.generic(
            method, address, urlencode(data), content_type="application/x-www-form-urlencoded"
        )

    assert kept()[: len(before)] == before
    assert not ProgrammeDraft.objects.filter(pk=draft.pk, revision=draft.revision).exists()


def test_no_call_of_the_api_changes_one(d, draft):
    before, api = kept(), Api("office")
    described = json.loads(Api().get("openapi.json").content)["paths"]
    addresses = [one for path in described for one in filled(path.removeprefix("/api/v1/"), d, draft)]
    assert f"programmes/{d.programme}/versions/1" in addresses

    for address, method in itertools.product(addresses, METHODS):
        api.send(method, address, fields(d, draft))

    assert kept()[: len(before)] == before
    assert not ProgrammeDraft.objects.filter(pk=draft.pk, revision=draft.revision).exists()
