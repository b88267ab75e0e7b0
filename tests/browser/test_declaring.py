"""A clerk fills and files, the town sees it arrive and endorses: two browsers, one server."""

import re

import pytest
from playwright.sync_api import expect

from services.workflow.models import Answer, Declaration, Evidence
from tests.browser.conftest import PHONE
from tests.workflow import cast

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
ROWS = "GET /inbox/rows"


@pytest.fixture
def d(committed):
    return committed


def live(desk):
    """Waits until the page follows the feed, and forgets what it asked for before."""
    expect(desk.page.locator("#live-state")).to_have_attribute("data-state", "live")
    desk.page.wait_for_load_state("networkidle")
    desk.asked.clear()
    return desk


def row_of(page, d, code):
    title = page.locator(f".what-title a[href='/cases/{d.cases[code]}']")
    return page.locator(".inbox tbody tr").filter(has=title)


def row(desk, d, code):
    return row_of(desk.page, d, code)


def test_a_clerk_fills_a_section_that_saves_itself(d, site):
    page = site.desk("begun", f"/declarations/{d.cases['begun']}").page
    page.get_by_role("link", name="继续填写 1.1").click()
    page.get_by_label("自评得分").fill("40.5")
    expect(page.locator("[data-saved]")).to_contain_text("最多 40 分")
    page.get_by_label("自评得分").fill("39.50")
    page.get_by_label("情况说明").fill("支部健全")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"已保存\s*\d\d:\d\d:\d\d"))

    saved = Answer.objects.get(declaration=d.cases["begun"], criterion="1.1")
    assert (str(saved.points), saved.statement) == ("39.50", "支部健全")


def test_two_clerks_on_one_section_see_each_other_and_keep_what_they_typed(d, site):
    path = f"/declarations/{d.cases['begun']}/criteria/2.1"
    first, second = (site.desk(who, path).page for who in ("begun", "begun2"))
    first.get_by_label("自评得分").fill("30")
    expect(first.locator("[data-saved]")).to_contain_text("已保存")

    second.get_by_label("自评得分").fill("21")
    expect(second.locator(".overtaken")).to_contain_text("begun")
    expect(second.get_by_label("自评得分")).to_have_value("21")
    second.locator(".overtaken button").click()
    second.wait_for_url("**/criteria/2.2")

    assert str(Answer.objects.get(declaration=d.cases["begun"], criterion="2.1").points) == "21.00"


def test_evidence_goes_up_when_it_is_chosen(d, site):
    page = site.desk("begun", f"/declarations/{d.cases['begun']}/criteria/1.2").page
    page.get_by_label("添加文件").set_input_files(
        {"name": "run.exe", "mimeType": "x/y", "buffer": b"MZ" * 40}
    )
    expect(page.locator("[data-drop-error]")).to_contain_text("jpg")
    page.get_by_label("添加文件").set_input_files(
        {"name": "制度.png", "mimeType": "image/png", "buffer": PNG}
    )
    expect(page.get_by_role("link", name="制度.png")).to_be_visible()

    assert Evidence.objects.get(declaration=d.cases["begun"]).name == "制度.png"


def test_what_is_filed_arrives_with_one_request_and_is_endorsed(d, site):
    town = live(site.desk("songxi"))
    badge = town.page.locator("#inbox-badge")
    before = int(badge.inner_text())
    clerk = site.desk("draft", f"/declarations/{d.cases['draft']}/check").page
    clerk.get_by_text("所填内容真实").click()

    clerk.get_by_role("button", name="提交").click()
    expect(row(town, d, "draft")).to_be_visible()
    expect(badge).to_have_text(str(before + 1))
    town.page.wait_for_load_state("networkidle")

    assert town.asked == [ROWS]
    number = Declaration.objects.get(pk=d.cases["draft"]).number
    expect(clerk.locator(".receipt")).to_contain_text(number)
    clerk.locator(".buttons a.primary").click()
    endorse(town.page, d, "draft")
    expect(clerk.locator("#case-body")).to_contain_text("上报")


def endorse(page, d, code):
    row_of(page, d, code).get_by_role("link", name=f"{code}社区").first.click()
    page.get_by_role("link", name="上报").first.click()
    page.get_by_label("本街镇排序").fill("1")
    page.get_by_label("意见").fill("材料齐全")
    page.get_by_role("button", name="上报", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("上报")
    assert Declaration.objects.get(pk=d.cases[code]).stage == "eligibility"


def test_with_the_socket_blocked_the_page_says_so_and_asks_by_itself(d, site):
    desk = site.desk("guihua")
    desk.line.break_off()
    desk.page.clock.install()
    desk.page.reload()
    state = desk.page.locator("#live-state")
    expect(state).to_have_attribute("data-state", "reconnecting")
    expect(state).to_contain_text("已断开，重连中")

    cast.file(d, "guiyuan")
    desk.page.clock.run_for(31_000)

    expect(row(desk, d, "guiyuan")).to_be_visible()


def test_after_a_cut_nothing_is_missed(d, site):
    town = site.desk("songxi")
    # The polling while cut off would bring the row too; here it comes from the feed or not at all.
    town.context.add_init_script(
        "document.addEventListener('readystatechange', () => { document.body.dataset.livePoll = 600; })"
    )
    town.page.reload()
    live(town)
    town.line.break_off()
    expect(town.page.locator("#live-state")).to_have_attribute("data-state", "reconnecting")
    cast.take("declaration", d.cases["returned"], "resubmit", d.people["returned"])
    assert row(town, d, "returned").count() == 0

    town.line.cut = False

    expect(row(town, d, "returned")).to_be_visible(timeout=60_000)
    expect(town.page.locator("#live-state")).to_have_attribute("data-state", "live")
    assert town.asked.count(ROWS) == 1


def test_ticks_show_how_many_and_keys_walk_the_rows(d, site):
    page = live(site.desk("songxi")).page
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-ticked-count-of=batch]")).to_have_text("1")
    page.get_by_role("button", name="预览").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("1 项")


def test_a_phone_shows_cards_without_scrolling_sideways(d, site):
    page = site.desk("songxi", viewport=PHONE).page

    for path in ("/", f"/cases/{d.cases['clearance']}", "/editions", f"/editions/{d.edition}"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
