"""The cockpit: one edition on one screen."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflow import cast
from tests.workflow.web.desk import Desk, words

STATEMENTS = 26


def page(d, rest=""):
    return f"/editions/{d.edition}{rest}"


def test_the_funnel_counts_how_far_units_came_and_why_fewer(d):
    shown = words(Desk("office").get(page(d)))

    assert "申报 14 未提交草稿 2 份" in shown
    assert "街镇上报 12 在办 1" in shown
    assert "资格确认 8" in shown and "进入公示 5" in shown and "命名 1" in shown


def test_the_offices_next_acts_stand_at_the_top(d):
    shown = Desk("office").get(page(d))

    assert (
        f'href="{page(d)}/slates/new?leg=2"' in shown.text and f'href="{page(d)}/notices/new"' in shown.text
    )
    assert "列入名单：部门审查（1）" in words(shown) and "拟制公示（1）" in words(shown)


def test_late_work_names_whose_it_is(d):
    cast.set_clock(cast.NOW + dt.timedelta(days=15))

    shown = words(Desk("office").get(page(d)))

    assert "songxi社区 preliminary社区・街镇初评 超期 1 个工作日" in shown


def test_a_running_notice_shows_its_days(d):
    shown = words(Desk("office").get(page(d)))

    assert "已发布，自次日起共 5 个工作日 剩余 5 个工作日 ，至 3月9日" in shown
    assert "一 2 发布 二 3 第 1 日" in shown and "六 7 休" in shown and "一 9 第 5 日" in shown


def test_a_town_sees_its_own_units_and_sets_nothing_going(d):
    shown = Desk("guihua").get(page(d))

    assert "申报 —" in words(shown) or "申报 0" in words(shown)
    assert "/slates/new" not in shown.text


def test_a_unit_is_led_to_its_own_list(d):
    assert Desk("idle").get(page(d))["Location"] == "/editions"


@pytest.mark.parametrize("who", ["north-office", "north-town"])
def test_another_district_has_no_such_edition(d, who):
    assert [Desk(who).get(page(d, rest)).status_code for rest in ("", "/body")] == [404, 404]


def test_the_part_that_follows_is_the_body_alone(d):
    assert Desk("office").get(page(d, "/body")).text.startswith('<div class="cockpit" id="cockpit"')


def test_the_number_of_statements_does_not_grow_with_units(d):
    desk, counts = Desk("office"), []
    desk.get(page(d))
    for more in ((), ("idle", "guiyuan")):
        for code in more:
            cast.file(d, code)
        with CaptureQueriesContext(connection) as asked:
            desk.get(page(d))
        counts.append(len(asked))

    assert counts == [STATEMENTS, STATEMENTS]


def test_the_export_says_who_made_it_and_when_and_what_the_page_shows(d):
    answer = Desk("office").get(page(d, "/cockpit.csv"))

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in lines[:3]] == ["批次", "导出人", "导出时间"]
    assert lines[1] == "导出人,office社区 office" and lines[2].startswith("导出时间,2026年3月2日")
    assert any(line.startswith("街镇上报,12,") for line in lines)
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_unit_has_no_cockpit_to_export(d):
    assert Desk("idle").get(page(d, "/cockpit.csv")).status_code == 404
