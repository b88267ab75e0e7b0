"""Moving a case by a page."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from tests.workflow.cast import DEFINITION
from tests.workflow.web.desk import Desk, words


@pytest.fixture
def path(d):
    return f"/cases/{d.cases['preliminary']}/change-version"


def publish(**changes):
    return publish_version(replace(DEFINITION, **changes), by=SYSTEM, key=None)


def test_the_office_sees_what_changes_and_moves_the_case(d, path):
    publish(pass_mark=Decimal(85))
    link = Desk("office").get(f"/cases/{d.cases['preliminary']}").text

    shown = words(Desk("office").get(path))
    answer = Desk("office").send(path, to="2", reason="按新办法")

    assert f'href="{path}"' in link and "第 2 版 达标线 90 → 85" in shown
    assert answer["Location"] == f"/cases/{d.cases['preliminary']}"
    assert d.case("preliminary").definition_version.number == 2


def test_what_stands_against_it_is_told(d, path):
    publish(legs=(DEFINITION.legs[0], *DEFINITION.legs[2:]))

    shown = words(Desk("office").get(path))
    answer = Desk("office").send(path, to="2", reason="按新办法")

    assert "新版本没有该事项所在的环节“街镇初评”" in shown and answer.status_code == 422


def test_nobody_else_and_nothing_without_a_newer_version(d, path):
    none = Desk("office").get(path).status_code
    publish(pass_mark=Decimal(85))

    assert (none, Desk("songxi").get(path).status_code) == (422, 403)
    assert path not in Desk("songxi").get(f"/cases/{d.cases['preliminary']}").text
