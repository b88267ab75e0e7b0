"""The main path by clicks in a real browser: people of every role, each on the pages that their act needs."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import clicks
from tests.journeys import edition as e
from tests.journeys.clicks import RESOLUTION, Company, Person
from tests.journeys.product import Product, running
from tests.journeys.to_decision_by_clicks import BOTH, corrected, decided, declare, eligible, only
from tests.journeys.two_years_on_by_clicks import rectified, retained, revoked, warned

ABOUT_IT = re.compile("^听泉社区.*异议|^异议")


@pytest.fixture
def product(demo: Path, tmp_path: Path):
    with running(tmp_path, like=demo) as found:
        yield found


@pytest.fixture
def company(chromium: Path, product: Product, tmp_path: Path):
    with clicks.company(chromium, product, tmp_path) as found:
        yield found


@pytest.mark.timeout(1800)  # a hang ends here; how long it takes is the machine's affair
def test_from_declaring_to_the_register_and_two_years_on(company: Company, product: Product, tmp_path: Path):
    play = e.Play(product.base, product.logins)
    evidence = tmp_path / "佐证.pdf"
    evidence.write_bytes(e.PDF)

    declare(company.desk("tingquan"), evidence)
    corrected(company)
    already_endorsed(play, "songfeng")
    eligible(company)
    decided(company)
    released(company)
    number = objected(company.resident(scripts=False))
    dismissed(company)
    followed(company.resident(), number)
    named(company, play)

    e.advance_clock(play, 731)
    retained(company)
    warned(company)
    rectified(company)
    revoked(company)

    assert e.register(play) == {"听泉社区": "held", "松风社区": "revoked"}


def already_endorsed(play: e.Play, username: str) -> None:
    """A neighbour that came as far another way: from here on the two go together."""
    case = e.declare(play, username)
    e.step(play, username, "declaration", case, "submit")
    e.step(play, "songxi", "declaration", case, "endorse", rank=2)


def released(company: Company) -> None:
    """One person of the office draws the notice up and hands it over, another one releases it."""
    office, second = company.desk("office"), company.desk("office2")
    office.menu("批次")
    office.press("文明社区 2026年度")
    office.press("拟制公示")
    only(office, *BOTH)
    office.press("以所选单位拟制公示")
    office.press("送审发布", exact=True)
    office.press("送审发布", exact=True)
    office.reads("另一人")

    second.takes(re.compile("^关于.*公示・待发布$"))
    second.press("发布", exact=True)
    second.press("发布公示", exact=True)
    second.reads("公示中")
    company.leaves("office2")


def objected(resident: Person) -> str:
    """A resident reads the notice and objects, without a script or a log-in; the receipt's number."""
    resident.press("公示", exact=True)
    resident.press("拟命名名单的公示")
    for unit in BOTH:
        resident.reads(unit)
    resident.reads("共 5 个工作日")
    resident.press("填写异议表")
    units = resident.page.get_by_label("对哪个单位提出异议")
    units.select_option(units.get_by_role("option").filter(has_text="听泉社区").get_attribute("value"))
    resident.page.get_by_label("实名个人").check()
    resident.types("姓名或单位名称", "张三")
    resident.types("联系方式", "13800000000")
    resident.types("事实与理由", "活动室长期不开放。")
    resident.press("提交异议")
    resident.reads("异议已收到")
    [number] = re.findall(r"\d{4}-[0-9A-Z]{10}", resident.page.get_by_role("main").inner_text())
    resident.leaves()
    return str(number)


def dismissed(company: Company) -> None:
    """The office receives and assigns it, the investigator opens the identity and finds, the office dismisses."""
    office, investigator = company.desk("office"), company.desk("investigator")
    office.takes(ABOUT_IT)
    office.press("受理异议")
    office.page.get_by_label("区纪委监委 明辨之").check()
    office.press("交由该调查人员办理")
    investigator.takes(ABOUT_IT)
    investigator.types("查看用途", "向异议人核实情况。")
    investigator.press("查看身份并留记录")
    investigator.reads("张三")
    investigator.types("调查结论", "经核查，活动室每周开放五天。")
    investigator.press("提交调查结论")
    company.leaves("investigator")
    office.takes(ABOUT_IT)
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
    resident.leaves()


def named(company: Company, play: e.Play) -> None:
    """The last day passes and the notice closes by itself; named, the register shows it, the resolution opens."""
    e.advance_clock(play, 15)
    office, resident = company.desk("office"), company.resident()
    for unit in BOTH:
        office.comes(f"{unit}・命名表彰")
        office.press("命名表彰", exact=True)
        office.press("命名表彰", exact=True)

    resident.press("荣誉名册", exact=True)
    resident.types("社区或街镇", "tingquan")
    resident.press("搜索", exact=True)
    resident.press("听泉社区")
    resident.reads("首次命名")
    resident.found(RESOLUTION).first.click()
    link = resident.found("决定全文")
    paper = resident.page.request.get(str(link.evaluate("link => link.href")))
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF-")
    resident.leaves()
