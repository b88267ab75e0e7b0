"""Published versions: which there are, and how they differ."""

from dataclasses import replace
from decimal import Decimal

from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.definition_codec import read_values
from services.workflow.domain.definition_file import values_of
from tests.workflow.cast import DEFINITION
from tests.workflow.web.desk import Desk, words

SECOND = replace(DEFINITION, summary="改过", pass_mark=Decimal("85"))


def test_versions_are_listed_with_the_editions_that_keep_them(d):
    publish_version(SECOND, by=SYSTEM, key=None)

    page = Desk("songxi").get(f"/programmes/{d.programme}/versions")

    assert "示例社区 2026年度" in words(page)
    assert f'href="/programmes/{d.programme}/versions/2/difference"' in page.text


def test_the_difference_is_told_field_by_field(d):
    publish_version(SECOND, by=SYSTEM, key=None)
    publish_version(replace(SECOND, title="新称号"), by=SYSTEM, key=None)
    path = f"/programmes/{d.programme}/versions/3/difference"

    last, whole = Desk("office").get(path), Desk("office").get(f"{path}?from=1")

    assert "授予的称号 改动 示例社区 新称号" in words(last) and "达标线" not in words(last)
    assert "达标线 改动 90 85" in words(whole) and "第 1 版到第 3 版" in words(whole)


def test_a_version_that_is_not_there_is_not_found(d):
    desk = Desk("office")
    paths = ["versions/1/difference", "versions/9/difference", "versions/1/difference?from=7"]

    assert [desk.get(f"/programmes/{d.programme}/{path}").status_code for path in paths] == [404, 404, 404]


def test_a_version_is_downloaded_as_its_file_and_drawing(d):
    desk = Desk("office")

    text = desk.get(f"/programmes/{d.programme}/versions/1/programme.toml").text
    drawing = desk.get(f"/programmes/{d.programme}/versions/1/route.svg").text

    assert read_values(values_of(text))[0] == DEFINITION
    assert drawing.startswith("<svg") and "委员会表决" in drawing
