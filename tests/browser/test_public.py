"""The public pages in a real browser: without scripts and log-in, by everybody's aids, and live."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from services.workflow.commands.objections import lodge
from services.workflow.models import DocumentFile, Honour, Objection
from tests.browser.conftest import PHONE, WIDE, hears
from tests.workflow import cast

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def d(committed):
    return committed


def violations(page):
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


def paths(d):
    honour = Honour.objects.get(unit_id=d.units["held"])
    return (
        "/notices",
        f"/notices/{d.notice}",
        f"/notices/{d.notice}?print=1",
        f"/notices/{d.notice}/object",
        "/objections/follow",
        "/register",
        "/register?q=没有的社区",
        f"/register/{honour.number}",
        "/register/data",
    )


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_and_nothing_overflows(d, site, viewport):
    page = site.stranger("/login", viewport=viewport)

    found = {}
    for path in paths(d):
        page.goto(path)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found[path] = (violations(page), wider)

    assert found == dict.fromkeys(paths(d), ([], 0))


def test_a_resident_reads_the_notice_and_objects_without_scripts(d, site):
    page = site.stranger(f"/notices/{d.notice}", scripts=False, viewport=PHONE)
    expect(page.get_by_role("heading", level=1)).to_have_text("公示")
    expect(page.locator(".days li")).to_have_count(8)
    page.get_by_role("link", name="填写异议表").click()

    page.get_by_role("button", name="提交异议").click()
    expect(page.locator(".error-summary li")).to_have_count(5)
    page.get_by_label("对哪个单位提出异议").select_option(index=1)
    page.get_by_label("实名个人").check()
    page.get_by_label("姓名或单位名称").fill("张三")
    page.get_by_label("事实与理由").fill("办公用房面积不符")
    page.get_by_role("button", name="提交异议").click()
    expect(page.locator(".error-summary li")).to_have_count(1)
    expect(page.get_by_label("事实与理由")).to_have_value("办公用房面积不符")
    page.get_by_label("联系方式").fill("13800138000")
    page.get_by_role("button", name="提交异议").click()

    made = Objection.objects.get(text="办公用房面积不符")
    expect(page.locator(".receipt .number")).to_have_text(made.receipt)
    names = [cookie["name"] for cookie in page.context.cookies()]
    assert names == ["csrftoken"]


def test_the_number_leads_back_to_how_far_it_is(d, site):
    made = lodge(d.notice, {**cast.OBJECTION, "unit": 2})["receipt"]
    page = site.stranger("/objections/follow", scripts=False)

    page.get_by_label("受理编号").fill(made)
    page.get_by_role("button", name="查询").click()

    expect(page.locator(".receipt .number")).to_have_text(made)


def test_reading_sets_no_cookie(d, site):
    page = site.stranger("/notices")
    page.goto(f"/notices/{d.notice}")
    page.goto("/register")

    assert page.context.cookies() == []


def test_a_longer_period_stands_on_an_open_page_at_once(d, site):
    page = site.stranger(f"/notices/{d.notice}")
    expect(page.locator("#standing")).to_contain_text("3月9日")
    hears(page)

    cast.take("notice", d.notice, "extend", d.people["office"], reason="名单有补充", working_days=1)

    expect(page.locator("#standing")).to_contain_text("3月10日")


def test_the_large_type_needs_no_script(d, site):
    page = site.stranger(f"/notices/{d.notice}", scripts=False)

    page.get_by_role("button", name="大字").click()

    assert page.locator("html").get_attribute("data-type") == "large"


def test_a_decision_opens_as_a_paper(d, site):
    paper = DocumentFile.objects.get(kind="resolution")
    answer = site.stranger("/notices").request.get(f"{site.origin}/documents/{paper.pk}")

    assert (answer.status, answer.headers["content-type"], answer.body()[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
