"""The main path by clicks in a real browser: people of every role, each on the pages that their act needs."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import clicks
from tests.journeys import edition as e
from tests.journeys.clicks import Company, Person
from tests.journeys.product import Product, running, wait_until
from tests.journeys.to_decision_by_clicks import corrected, decided, declare, eligible, only


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory):
    with running(tmp_path_factory.mktemp("clicks")) as found:
        yield found


@pytest.fixture
def company(chromium: Path, product: Product, tmp_path: Path):
    with clicks.company(chromium, product, tmp_path) as found:
        yield found


@pytest.mark.timeout(300)
def test_a_community_from_declaring_to_the_register(company: Company, product: Product, tmp_path: Path):
    evidence = tmp_path / "佐证.pdf"
    evidence.write_bytes(e.PDF)

    declare(company.desk("tingquan"), evidence)
    corrected(company)
    eligible(company)
    decided(company)
    released(company)
    number = objected(company.resident(scripts=False))
    dismissed(company)
    followed(company.resident(), number)
    named(company, product)


def released(company: Company) -> None:
    """One person of the office draws the notice up and hands it over, another one releases it."""
    office, second = company.desk("office"), company.desk("office2")
    office.menu("批次")
    office.press("文明社区 2026年度")
    office.press("拟制公示")
    only(office, "听泉社区")
    office.press("以所选单位拟制公示")
    office.press("送审发布", exact=True)
    office.press("送审发布", exact=True)
    office.reads("另一人")

    second.takes(re.compile("^关于.*公示・待发布$"))
    second.press("发布", exact=True)
    second.press("发布公示", exact=True)
    second.reads("公示中")


def objected(resident: Person) -> str:
    """A resident reads the notice and objects, without a script or a log-in; the receipt's number."""
    resident.press("公示", exact=True)
    resident.press("拟命名名单的公示")
    resident.reads("听泉社区")
    resident.reads("共 5 个工作日")
    resident.press("填写异议表")
    resident.page.get_by_label("对哪个单位提出异议").select_option(label="1. 听泉社区（松溪街道）")
    resident.page.get_by_label("实名个人").check()
    resident.types("姓名或单位名称", "张三")
    resident.types("联系方式", "13800000000")
    resident.types("事实与理由", "活动室长期不开放。")
    resident.press("提交异议")
    resident.reads("异议已收到")
    [number] = re.findall(r"\d{4}-[0-9A-Z]{10}", resident.page.get_by_role("main").inner_text())
    return str(number)


def dismissed(company: Company) -> None:
    """The office receives and assigns it, the investigator opens the identity and finds, the office dismisses."""
    office, investigator = company.desk("office"), company.desk("investigator")
    office.takes(re.compile("^听泉社区.*异议|^异议"))
    office.press("受理异议")
    office.page.get_by_label("区纪委监委 明辨之").check()
    office.press("交由该调查人员办理")
    investigator.takes(re.compile("^听泉社区.*异议|^异议"))
    investigator.types("查看用途", "向异议人核实情况。")
    investigator.press("查看身份并留记录")
    investigator.reads("张三")
    investigator.types("调查结论", "经核查，活动室每周开放五天。")
    investigator.press("提交调查结论")
    office.takes(re.compile("^听泉社区.*异议|^异议"))
    office.press("认定异议不成立")
    office.types("理由", "调查表明情况不属实。")
    office.press("认定异议不成立", exact=True)
    office.types("答复", "经核查，所反映情况不属实。")
    office.press("发出答复")


def followed(resident: Person, number: str) -> None:
    """Whoever has the number reads the reply, and learns no name."""
    resident.press("公示", exact=True)
    resident.press("拟命名名单的公示")
    resident.press("凭受理编号查询结果")
    resident.types("受理编号", number)
    resident.press("查询", exact=True)
    resident.reads("经核查，所反映情况不属实。")
    expect(resident.page.locator("body")).not_to_contain_text("张三")


def named(company: Company, product: Product) -> None:
    """The last day passes and the notice closes by itself; named, the register shows it, the resolution opens."""
    e.advance_clock(e.Play(product.base, product.logins), 15)
    office, resident = company.desk("office"), company.resident()
    office.comes("听泉社区・命名表彰")
    office.press("命名表彰", exact=True)
    office.press("命名表彰", exact=True)

    resident.press("荣誉名册", exact=True)
    resident.types("社区或街镇", "tingquan")
    resident.press("搜索", exact=True)
    resident.press("听泉社区")
    resident.reads("首次命名")
    resolution = resident.found(re.compile(r"^云委发〔\d{4}〕\d+号$")).first
    paper = resident.page.request.get(str(resolution.evaluate("link => link.href")))
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF-")


@pytest.mark.timeout(300)
def test_a_title_is_warned_rectified_and_revoked(company: Company, product: Product):
    play = e.Play(product.base, product.logins)
    honour_two_years_old(play)

    rereviewed(company)
    rectified(company)
    revoked(company)


def honour_two_years_old(play: e.Play) -> None:
    """By the API: 松风 is named, and two years later its re-review opens by itself."""
    case = e.declare(play, "songfeng")
    e.step(play, "songfeng", "declaration", case, "submit")
    e.step(play, "songxi", "declaration", case, "endorse")
    e.to_decision(play, [case])
    notice = e.publish(play, [case])
    e.advance_clock(play, 15)
    office = play.as_("office")
    wait_until(lambda: office.get(f"notices/{notice}")["status"] == "closed", "the notice did not close")
    e.steps(play, "office", "confer", [case])
    e.advance_clock(play, 731)


def rereviewed(company: Company) -> None:
    """The office scores it by the present standard; below the pass mark it cannot be retained, it is warned."""
    office = company.desk("office")
    office.comes("松风社区・复评中")
    for box in office.page.get_by_role("table").get_by_role("textbox").all():
        box.fill("1")
    office.page.get_by_label("保持").check()
    office.types("理由", "工作滑坡。")
    office.press("提交复评结果")
    office.reads("达标线")
    office.page.get_by_label("警告").check()
    office.press("提交复评结果")
    office.reads("松风社区")


def rectified(company: Company) -> None:
    """What is to be put right is ordered, planned, reported, and found wanting."""
    office, clerk = company.desk("office"), company.desk("songfeng")
    office.press("限期整改", exact=True)
    office.types("理由", "逾期未改。")
    office.types("整改事项", "补齐登记台账。")
    office.press("责令限期整改")
    clerk.takes(re.compile("^松风社区・"))
    clerk.types("整改方案", "三个月内完成。")
    clerk.press("报送整改方案")
    clerk.types("整改结果", "完成了一部分。")
    clerk.press("报送整改结果")
    office.takes(re.compile("^松风社区・"))
    office.press("整改不通过", exact=True)
    office.types("仍不达标之处", "台账仍不齐全。")
    office.press("整改不通过", exact=True)


def revoked(company: Company) -> None:
    """The office proposes, the committee decides, the register shows it with its reason."""
    office, chair, resident = company.desk("office"), company.phone("committee1"), company.resident()
    office.takes(re.compile("^松风社区・"))
    office.press("提请取消称号", exact=True)
    office.types("理由", "整改后仍不达标。")
    office.press("提请取消称号", exact=True)
    chair.takes(re.compile("^松风社区・"))
    chair.press("取消称号", exact=True)
    chair.types("理由", "整改后仍不达标，取消称号。")
    chair.press("取消称号", exact=True)
    resident.press("荣誉名册", exact=True)
    resident.press("松风社区")
    resident.reads("已取消称号")
