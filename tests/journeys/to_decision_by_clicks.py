"""From declaring to the decision, by clicks: each act finds its way by the words of the pages."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys import edition as e
from tests.journeys.clicks import ON_A_SLATE, Company, Person

BOTH = ("听泉社区", "松风社区")
BY_HAND = 2  # criteria filled in key by key, to see them saved without a button


def declare(clerk: Person, evidence: Path) -> None:
    clerk.menu("批次")
    clerk.press("开始申报", within=clerk.row("文明社区 2026年度"))
    clerk.press("开始申报")
    clerk.heads("听泉社区申报表")
    clerk.press("继续填写 1.1")
    for number in range(1, 31):
        answer(clerk, evidence, slowly=number <= BY_HAND)
    clerk.heads("听泉社区申报表")
    clerk.press("检查答案")
    clerk.reads("自评 100.00 分")
    clerk.ticks("所填内容真实")
    clerk.press("提交")
    clerk.reads("受理编号")
    clerk.reads("街镇初评")


def answer(clerk: Person, evidence: Path, *, slowly: bool) -> None:
    """One criterion by what its page says: figures as needed, full points, evidence where it is wanted."""
    page, main = clerk.page, clerk.page.get_by_role("main")
    [most] = re.findall(r"0 至 (\d+) 分，最多两位小数", main.inner_text())
    for box in main.get_by_role("textbox").all()[:-2]:  # the last two are the points and the words
        box.fill("100")
    clerk.types("自评得分", most, slowly=slowly)
    if slowly:
        clerk.types("情况说明", "台账、照片齐全。", slowly=True)
        expect(page.get_by_text(re.compile(r"已保存 \d\d:\d\d:\d\d"))).to_be_visible()
    if page.get_by_text("需提供：").count():
        page.get_by_label("添加文件").set_input_files(evidence)
        expect(page.get_by_role("link", name="佐证.pdf")).to_be_visible()
    clerk.press("保存", within=page.get_by_role("region", name="办理"))


def corrected(company: Company) -> None:
    """The town asks for a correction; corrected, it comes straight back, and the town endorses it."""
    town, clerk = company.desk("songxi"), company.desk("tingquan")
    town.takes("听泉社区・街镇初评")
    town.press("退回补正", exact=True)
    town.types("需补正的内容", "1.1 请补充党员登记台账。")
    town.press("退回补正", exact=True)
    town.reads("听泉社区")

    clerk.takes("听泉社区・自我申报")
    clerk.reads("1.1 请补充党员登记台账。")
    clerk.press("党组织健全，一社区一支部")
    clerk.types("情况说明", "已补充党员登记台账。")
    clerk.press("返回列表")
    clerk.press("检查答案")
    clerk.ticks("所填内容真实")
    clerk.press("提交")
    clerk.reads("受理编号")

    town.takes("听泉社区・街镇初评")
    town.press("上报", exact=True)
    town.types("本街镇排序", "1")
    town.press("上报", exact=True)
    company.leaves("songxi", "tingquan")


def tabled(office: Person, leg: str) -> None:
    """The office puts what waits at a leg on a slate, from the cockpit of the edition."""
    office.menu("批次")
    office.press("文明社区 2026年度")
    office.press(f"列入名单：{leg}")
    only(office, *BOTH)
    expect(office.page.get_by_role("region", name="办理")).to_contain_text(f"已选 {len(BOTH)}")
    office.press("以所选单位编成名单")
    office.reads("听泉社区")


def only(office: Person, *units: str) -> None:
    """Untick everybody else: the demo has others under way."""
    ticked = office.page.get_by_role("checkbox", checked=True)
    # The head of the table has a tick for all of them, and no cell.
    rows = office.page.get_by_role("row").filter(has=office.page.get_by_role("cell")).filter(has=ticked)
    for other in [row for row in rows.all_inner_texts() if not any(unit in row for unit in units)]:
        office.row(other.split()[0]).get_by_role("checkbox").uncheck()


def eligible(company: Company) -> None:
    """Three departments clear it, leading group and office review it jointly, the committee confirms."""
    office = company.desk("office")
    tabled(office, "部门审查")
    for username in e.CLEARING:
        department = company.desk(username)
        department.takes(ON_A_SLATE)
        department.press("均填“无异议”")
        department.press("检查并提交")
        department.reads("无异议 2")
        department.press("提交 2 个单位的意见")
        company.leaves(username)
    tabled(office, "联合审议")
    for username in ("leading-group", "office"):
        body = company.desk(username)
        body.takes(ON_A_SLATE)
        body.press("均填“同意”")
        body.press("提交意见")
        body.press("提交 2 个单位的意见")
    company.leaves("leading-group")
    chair = company.phone("committee1")
    for unit in BOTH:
        chair.takes(f"{unit}・审定资格")
        chair.press("资格确认", exact=True)
        chair.press("资格确认", exact=True)


def decided(company: Company) -> None:
    """Departments score in the grid, the members vote on the phone, the committee decides."""
    office = company.desk("office")
    tabled(office, "部门评议、验收")
    for username in e.SCORING:
        department = company.desk(username)
        department.takes(ON_A_SLATE)
        scored(department)
        company.leaves(username)
    tabled(office, "委员会表决")
    for username in e.COMMITTEE:
        member = company.phone(username)
        member.takes(ON_A_SLATE)
        member.press("全部赞成，再改个别")
        member.press("检查表决票")
        member.press("对 2 个单位投票")
    company.leaves(*e.COMMITTEE[1:])
    chair = company.phone("committee1")
    for unit in BOTH:
        chair.takes(f"{unit}・审定")
        chair.press("审定", exact=True)
        chair.press("审定", exact=True)


def scored(department: Person) -> None:
    """Every cell at the maximum that stands under its head, the keyboard going from cell to cell of a line."""
    page = department.page
    most = re.findall(r"0 至 (\d+)", page.get_by_role("table").inner_text())
    for unit in BOTH:
        cells = department.row(unit).get_by_role("textbox")
        expect(cells).to_have_count(len(most))
        cells.first.click()
        for points in most:
            page.keyboard.type(points)
            page.keyboard.press("Tab")
    department.press("提交 2 个单位的打分")
