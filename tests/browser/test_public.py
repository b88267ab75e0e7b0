"""The public pages in a real browser: without scripts and log-in, by everybody's aids, and live."""

import pytest
from playwright.sync_api import expect

from services.workflow.commands.log_keys import log_keys, note_of
from services.workflow.commands.objections import lodge
from services.workflow.domain.checkpoint import read_note
from services.workflow.jobs.transparency import write_log
from services.workflow.models import DocumentFile, Honour, Objection
from tests.browser.conftest import PHONE, hears
from tests.browser.looking import too_wide_px, violations
from tests.workflow import cast


@pytest.fixture
def d(committed):
    return committed


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


def test_on_a_phone_axe_finds_nothing_and_nothing_overflows(d, site):
    """At full width they are among all pages, in test_every_page.py."""
    page = site.stranger("/login", viewport=PHONE)

    found = {}
    for path in paths(d):
        page.goto(path)
        found[path] = (violations(page), too_wide_px(page))

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


@pytest.mark.parametrize("kind", ["notice", "honour", "decision"])
def test_a_resident_verifies_in_the_browser_and_sees_what_was_altered(d, site, kind):
    write_log(timestamp=0)
    honour = Honour.objects.get(unit_id=d.units["held"])
    paths = {
        "notice": f"/notices/{d.notice}",
        "honour": f"/register/{honour.number}",
        "decision": f"/decisions/{honour.resolution_id}",
    }
    page = site.stranger(paths[kind], viewport=PHONE)
    page.get_by_role("button", name="验证").click()
    expect(page.get_by_role("status").filter(has_text="核对无误")).to_be_visible()
    expect(page.locator("[data-step][data-holds=yes]")).to_have_count(4)
    assert violations(page) == []

    # As if the server told an altered list: the very answer that the page will ask for.
    page.route(
        "**/api/v1/public/*/*", lambda route: route.fulfill(json={**route.fetch().json(), "number": "别的"})
    )
    page.get_by_role("button", name="验证").click()
    expect(page.get_by_role("status").filter(has_text="核对不符")).to_be_visible()
    expect(page.locator("[data-step=shown][data-holds=no]")).to_have_count(1)


def test_the_button_verifies_ed25519_and_names_the_signature_of_sm2(d, site, settings):
    pytest.importorskip("gmssl_pyx", reason="no wheel for this kind of machine")
    write_log(timestamp=0)
    settings.LOG_SM2 = True

    def by_both(route):
        told = route.fetch().json()
        note = note_of(read_note(told["checkpoint"])[0])
        route.fulfill(json={**told, "checkpoint": note, "keys": [key.told for key in log_keys()]})

    page = site.stranger(f"/notices/{d.notice}", viewport=PHONE)
    page.route("**/proof", by_both)
    page.get_by_role("button", name="验证").click()

    expect(page.locator("[data-step=signature][data-holds=yes]")).to_have_count(1)
    number = log_keys()[1].told.split("+")[1]
    expect(page.locator("[data-verify-other]")).to_have_text(
        f"另有国密 SM2 签名，浏览器不能核验，可用下面的命令核验： {number}"
    )
    assert too_wide_px(page) == 0


def test_the_explanation_stands_there_without_scripts(d, site):
    page = site.stranger(f"/notices/{d.notice}", scripts=False)

    page.get_by_text("怎样自行核对？").click()

    expect(page.get_by_role("link", name="签名的校验点")).to_be_visible()
    expect(page.get_by_role("button", name="验证")).to_have_count(0)
