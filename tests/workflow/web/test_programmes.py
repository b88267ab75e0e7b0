"""A programme's page and the acts of its admission."""

from dataclasses import replace

import pytest

from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.models import Programme
from tests.workflow import cast
from tests.workflow.web.desk import Desk, words


@pytest.fixture
def drafted(d):
    definition = replace(cast.DEFINITION, code="second", name="美丽社区创建")
    return publish_version(definition, by=SYSTEM, key=None)["programme"]


def test_a_page_tells_route_and_standard(d):
    shown = words(Desk("office").get(f"/programmes/{d.programme}"))

    assert "街镇初评 初评" in shown and "共 4 条标准，满分 100 分" in shown and "社会治安" in shown


def test_a_programme_is_proposed_and_admitted(d, drafted):
    path = f"/programmes/{drafted}"
    proposed = Desk("office").send(f"{path}/propose")
    admitted = Desk("leading-group").send(f"{path}/admit", reason="同意")

    assert (proposed["Location"], admitted["Location"]) == (path, path)
    assert Programme.objects.get(pk=drafted).status == "admitted"


def test_a_refusal_needs_its_reason(d, drafted):
    Desk("office").send(f"/programmes/{drafted}/propose")

    blank = Desk("leading-group").send(f"/programmes/{drafted}/refuse")
    given = Desk("leading-group").send(f"/programmes/{drafted}/refuse", reason="依据不足")

    assert (blank.status_code, given.status_code) == (422, 302)
    assert Programme.objects.get(pk=drafted).status == "refused"


@pytest.mark.parametrize(
    ("who", "status"), [("songxi", 404), ("north-office", 404), ("office2", 200), ("committee1", 403)]
)
def test_only_its_host_proposes_it(d, drafted, who, status):
    assert Desk(who).get(f"/programmes/{drafted}/propose").status_code == status


def test_the_inbox_leads_to_it(d, drafted):
    assert f'href="/programmes/{drafted}"' in Desk("office").get("/").text
