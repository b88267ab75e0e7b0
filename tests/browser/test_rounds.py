"""Joint work in a real browser: a veto opened in place, subtotals as they are typed, a vote on a phone, told live."""

import pytest
from playwright.sync_api import expect

from services.workflow.models import Ballot, Score, SlateLine, Veto
from tests.browser.conftest import PHONE, hears
from tests.workflow import cast


@pytest.fixture
def d(committed):
    return committed


def task_of(d, code, who):
    """The open task of somebody on the slate that this case stands on; the case is put on one where it is on none."""
    line = SlateLine.objects.filter(case=d.cases[code], open=True).first()
    round_id = line.slate.rounds.latest("pk").pk if line else cast.table(d, [d.cases[code]])
    by = d.people[who]
    own = [t for t in cast.tasks_of(round_id) if t.participant_unit_id == by.unit_id]
    return next(t.pk for t in own if t.assignee_id in {None, by.member_id})


def test_a_veto_opens_in_place_and_is_checked_before_it_is_filed(d, site):
    page = site.desk("dep-police", f"/tasks/{task_of(d, 'in_round', 'dep-police')}").page
    expect(page.get_by_label("依据文件")).to_be_hidden()
    page.locator("input[value=veto]").check()
    expect(page.locator("[data-count-of=veto]")).to_have_text("1")
    page.get_by_label("依据文件").fill("公函 1 号")
    page.get_by_label("事件日期").fill("2026-01-15")
    page.get_by_role("button", name="检查并提交").click()
    expect(page.locator("main")).to_contain_text("公函 1 号")
    page.get_by_role("button", name="提交 1 个单位的意见").click()
    expect(page.locator("#task-standing")).to_contain_text("已提交")

    assert Veto.objects.get(case_id=d.cases["in_round"]).basis == "公函 1 号"


def test_subtotals_follow_what_is_typed_and_enter_goes_down(d, site):
    page = site.desk("dep-org", f"/tasks/{task_of(d, 'assessment', 'dep-org')}").page
    cells = page.locator("[data-scored] input")
    cells.nth(0).fill("３０")
    expect(page.locator("[data-sum]")).to_have_text("▽ 30.00 / 40")
    cells.nth(1).fill("21")
    expect(cells.nth(1)).to_have_attribute("aria-invalid", "true")
    cells.nth(1).fill("不适用")
    expect(page.locator("[data-sum]")).to_have_text("▽ 30.00 / 40")
    cells.nth(0).fill("40")
    expect(page.locator("[data-sum]")).to_have_text("40.00 / 40")
    cells.nth(1).press("Enter")
    page.get_by_role("button", name="提交 1 个单位的打分").click()
    expect(page.locator("#task-standing")).to_contain_text("已提交")

    kept = Score.objects.filter(case_id=d.cases["assessment"], tier="department", office__name="dep-org")
    assert {s.criterion: s.points for s in kept} == {"1.1": 40, "1.2": None}


def test_a_member_votes_on_a_phone_for_all_with_an_exception(d, site):
    desk = site.desk("committee1", f"/tasks/{task_of(d, 'vote', 'committee1')}", viewport=PHONE)
    page = desk.page
    page.get_by_role("button", name="全部赞成").click()
    expect(page.locator("[data-tally-left]")).to_have_text("0")
    page.get_by_text("弃权", exact=True).first.click()
    expect(page.locator("[data-tally=abstain]")).to_have_text("1")
    page.get_by_role("button", name="检查表决票").click()
    assert not Ballot.objects.filter(case=d.cases["vote"]).exists()
    page.get_by_role("button", name="对 1 个单位投票").click()
    expect(page.locator("#task-standing")).to_contain_text("已投票")

    assert Ballot.objects.get(case=d.cases["vote"]).choice == "abstain"


def test_whoever_still_types_is_told_that_the_round_is_over(d, site):
    task = task_of(d, "joint_review", "leading-group")
    desk = site.desk("leading-group", f"/tasks/{task}")
    hears(desk.page)
    desk.page.locator("input[value=disagree]").check()

    case = d.cases["joint_review"]
    cast.take("declaration", case, "raise_veto", d.people["dep-police"], reason="案件", **cast.VETO)

    expect(desk.page.locator("#task-standing")).to_contain_text("本轮已结束")
    expect(desk.page.locator("input[value=disagree]")).to_be_checked()


def test_an_answer_appears_on_the_slate_of_the_office(d, site):
    task = task_of(d, "clearance", "dep-health")
    line = SlateLine.objects.get(case=d.cases["clearance"], open=True)
    desk = site.desk("office", f"/slates/{line.slate_id}")
    hears(desk.page)

    cast.decide(task, "no_objection", d.people["dep-health"])

    expect(desk.page.locator("#slate-body")).to_contain_text("无异议")
