"""Two years after the naming, by clicks: one title is retained, the other warned, put under rectification, revoked."""

import re

from playwright.sync_api import Locator

from tests.journeys.clicks import Company, Person

THE_OTHER = re.compile("^松风社区・")


def points(person: Person) -> Locator:
    """Where the points of a criterion are typed."""
    return person.page.get_by_label(re.compile("^得分"))


def retained(company: Company) -> None:
    """The re-reviews have opened by themselves; scored in full by the present standard, the title is kept."""
    office = company.desk("office")
    office.comes("听泉社区・复评中")
    for line in office.page.get_by_role("group").filter(has=points(office)).all():
        most = re.search(r"0 至 (\d+)", line.inner_text())
        assert most
        line.get_by_role("textbox").fill(most[1])
    answered(office, "保持", "复评达标。")
    office.reads("下次复评")


def warned(company: Company) -> None:
    """The neighbour falls below the pass mark: it cannot be retained, it is warned."""
    office = company.desk("office")
    office.comes("松风社区・复评中")
    for box in points(office).all():
        box.fill("1")
    answered(office, "保持", "工作滑坡。")
    office.reads("达标线")
    answered(office, "警告", "工作滑坡。")
    office.reads("松风社区")


def answered(office: Person, result: str, reason: str) -> None:
    office.page.get_by_label(result).check()
    office.types("理由", reason)
    office.press("提交复评结果")


def rectified(company: Company) -> None:
    """What is to be put right is ordered, planned, reported, and found wanting by another than who ordered it."""
    office, clerk, colleague = company.desk("office"), company.desk("songfeng"), company.desk("office2")
    office.press("限期整改", exact=True)
    office.types("理由", "逾期未改。")
    office.types("整改事项", "补齐登记台账。")
    office.press("责令限期整改")
    clerk.takes(THE_OTHER)
    clerk.types("整改方案", "三个月内完成。")
    clerk.press("报送整改方案")
    clerk.types("整改结果", "完成了一部分。")
    clerk.press("报送整改结果")
    colleague.takes(THE_OTHER)
    colleague.press("整改不通过", exact=True)
    colleague.types("仍不达标之处", "台账仍不齐全。")
    colleague.press("整改不通过", exact=True)


def revoked(company: Company) -> None:
    """The office proposes, the committee decides, the register shows it with its reason."""
    office, chair, resident = company.desk("office"), company.phone("committee1"), company.resident()
    office.takes(THE_OTHER)
    office.press("提请取消称号", exact=True)
    office.types("理由", "整改后仍不达标。")
    office.press("提请取消称号", exact=True)
    chair.takes(THE_OTHER)
    chair.press("取消称号", exact=True)
    chair.types("理由", "整改后仍不达标，取消称号。")
    chair.press("取消称号", exact=True)
    resident.press("荣誉名册", exact=True)
    resident.press("松风社区")
    resident.reads("已取消称号")
    resident.press("荣誉名册", exact=True)
    resident.press("听泉社区")
    resident.reads("保持")
