"""A day at work by clicks: inbox, task, act, save and take the next, result; town, department, a member on a phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.workflow.models import Ballot, Declaration, Finding, SideAct
from tests.browser.conftest import PHONE, hears
from tests.workflow import cast
from tests.workflow.cast import District


@pytest.fixture
def d(committed: District) -> District:
    return committed


def press(page: Page, words: str | re.Pattern[str], *, exact: bool = True) -> None:
    """The link or button of these words that can be seen."""
    link, button = (page.get_by_role(role, name=words, exact=exact) for role in ("link", "button"))
    link.or_(button).filter(visible=True).first.click()
    page.wait_for_load_state()


def two_more(d: District) -> None:
    """Before the town: one that nobody had begun, and a draft; once for this file."""
    if not Declaration.objects.filter(unit_id=d.units["idle"]).exists():
        cast.file(d, "idle")
        cast.take("declaration", d.cases["draft"], "submit", d.people["draft"])


def test_rows_that_come_meanwhile_take_no_tick_away_and_move_nobody(d: District, site: Any) -> None:
    two_more(d)
    page = site.desk("songxi").page
    rows, box = page.get_by_role("row"), page.get_by_label("勾选preliminary社区・街镇初评")
    expect(rows).to_have_count(4)  # three and the head
    hears(page)
    box.check()
    page.keyboard.press("j")
    stood = page.locator("tr.here a").first.inner_text()

    cast.take("declaration", d.cases["returned"], "resubmit", d.people["returned"])
    expect(rows).to_have_count(5)
    expect(box).to_be_checked()
    expect(page.get_by_role("button", name="批量转办所选")).to_be_visible()
    expect(page.locator("tr.here a").first).to_have_text(stood)
    cast.take("declaration", d.cases["returned"], "return", d.people["songxi"], reason="缺材料")
    expect(rows).to_have_count(4)
    expect(box).to_be_checked()


def test_a_town_endorses_one_asks_about_one_and_hands_one_on(d: District, site: Any) -> None:
    two_more(d)
    page = site.desk("songxi").page
    expect(page.get_by_role("row")).to_have_count(4)  # three and the head

    press(page, "preliminary社区・街镇初评")
    press(page, "上报")
    page.get_by_label("本街镇排序").fill("1")
    press(page, "上报，办理下一件")
    expect(page.get_by_role("heading", level=1)).to_contain_text("社区")  # the next of them
    press(page, "加签")
    page.get_by_label("office社区 office", exact=True).check()
    page.get_by_label("请对方提出意见的内容").fill("该社区资料是否齐全")
    press(page, "加签")
    expect(page.get_by_role("main")).to_contain_text("加签：office")

    press(page, re.compile("^待办"), exact=False)
    every = page.locator("[data-tick-all]")
    page.locator("[data-tick]").first.check()
    assert every.evaluate("box => box.indeterminate")  # some of them
    every.click()
    expect(every).to_be_checked()
    press(page, "批量转办所选")
    page.get_by_label("songxi2").check()
    page.get_by_label("转办原因").fill("下乡一周")
    press(page, "转办给同事")
    expect(page.get_by_role("main")).to_contain_text("已转由同事办理")
    press(page, re.compile("^返回"), exact=False)
    expect(page.get_by_role("main")).to_contain_text("没有待办")

    assert Declaration.objects.get(pk=d.cases["preliminary"]).stage == "eligibility"
    assert sorted(SideAct.objects.values_list("kind", flat=True)) == ["cosign", "reassign", "reassign"]


def test_a_department_answers_its_slate_and_finds_nothing_left(d: District, site: Any) -> None:
    page = site.desk("dep-health").page

    press(page, re.compile(r"^名单第 \d+ 号・部门审查$"))
    press(page, re.compile("均填“无异议”$"))
    press(page, "检查并提交")
    press(page, "提交 1 个单位的意见")
    expect(page.locator("#task-standing")).to_contain_text("已提交")
    press(page, re.compile("^待办"), exact=False)
    expect(page.get_by_role("main")).to_contain_text("没有待办")
    press(page, re.compile("^我已处理"), exact=False)
    expect(page.get_by_role("main")).to_contain_text("已答复")

    found = Finding.objects.filter(case=d.cases["in_round"], task__participant_unit=d.units["dep-health"])
    assert list(found.values_list("verdict", flat=True)) == ["no_objection"]


def test_a_member_decides_and_votes_on_a_phone(d: District, site: Any) -> None:
    cast.table(d, [d.cases["vote"]])
    page = site.desk("committee1", viewport=PHONE).page

    press(page, "confirmation社区・审定资格")
    press(page, "资格确认")
    press(page, "资格确认，办理下一件")
    expect(page.get_by_role("heading", level=1)).to_contain_text("decision社区")  # the next of them
    press(page, "审定")
    press(page, "审定")
    press(page, "菜单")
    press(page, re.compile("^待办"), exact=False)
    press(page, re.compile(r"^名单第 \d+ 号・"))
    press(page, "全部赞成，再改个别")
    press(page, "检查表决票")
    press(page, "对 1 个单位投票")
    expect(page.locator("#task-standing")).to_contain_text("已投票")
    press(page, "菜单")
    press(page, re.compile("^待办"), exact=False)
    expect(page.get_by_role("main")).to_contain_text("没有待办")

    stages = [Declaration.objects.get(pk=d.cases[code]).stage for code in ("confirmation", "decision")]
    assert stages == ["evaluation", "notice"]
    assert Ballot.objects.get(case=d.cases["vote"]).choice == "for"
