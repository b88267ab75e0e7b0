"""Rows of an inbox in words."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.workflow.queries.inbox import InboxItem
from services.workflow.queries.inbox_facts import RowFacts
from services.workflow.web.inbox_shown import row_of
from tests.workflow.cast import NOW
from tests.workflow.web.test_deadlines import TODAY

ITEM = InboxItem(
    "declaration", 7, 3, "示例社区创建", "示例社区 2026年度", 1, "听泉社区", "preliminary_review", 1, "", NOW, None,
    False, None, False, False, {"points": None, "rank": None}, ("decline", "endorse", "return"),
)  # fmt: skip
FACTS = RowFacts("街镇初评", "single", own_points=Decimal("94.50"), files=2, wanted=3)


def shown(item: InboxItem = ITEM, facts: RowFacts = FACTS) -> dict[str, Any]:
    return row_of(item, facts, TODAY)


def test_a_declaration_tells_unit_leg_score_and_the_one_act():
    row = shown()

    assert (row["title"], row["fact"], row["act"]) == (
        "听泉社区・街镇初评",
        "自评 94.50 分，佐证 2/3",
        "上报",
    )
    assert (row["tickable"], row["tick_value"], row["group"]) == (True, "7:3", "1/1")


def test_a_draft_leads_to_its_form():
    row = shown(replace(ITEM, place="draft", steps=("withdraw",)))

    assert (row["address"], row["act"], row["tickable"]) == ("/declarations/7", "填写", False)


@pytest.mark.parametrize(
    ("mode", "act", "address"),
    [
        ("clearance", "列入名单", "/editions/1/slates/new?leg=1"),
        ("notice", "拟制公示", "/editions/1/notices/new"),
        ("single", "上报", "/cases/7"),
    ],
)
def test_the_office_puts_a_case_on_the_list_of_its_leg(mode, act, address):
    row = shown(facts=replace(FACTS, mode=mode, at_office=True))

    assert (row["act"], row["act_address"]) == (act, address)


def test_a_veto_outweighs_every_fact():
    row = shown(facts=replace(FACTS, vetoed=True))

    assert row["fact"] == "一票否决生效中，期限暂停"
    assert [tag["words"] for tag in row["tags"]] == ["一票否决"]


@pytest.mark.parametrize(
    ("kind", "detail", "title", "address"),
    [
        ("round_task", {"slate": 2, "mode": "vote"}, "名单第 2 号・表决", "/tasks/7"),
        ("notice", {"title": "关于公示"}, "关于公示・待发布", "/notices/7/edit"),
        ("objection", {"receipt": "2026-X"}, "听泉社区・异议", "/objections/7"),
        ("honour", {"number": "S-1"}, "听泉社区・复评中", "/honours/7"),
        ("rectification", {}, "听泉社区・限期整改", "/rectifications/7"),
        ("programme", {}, "示例社区创建・待审核准入", "/programmes/7"),
    ],
)
def test_every_kind_of_work_has_its_words_and_its_page(kind, detail, title, address):
    places = {"notice": "prepared", "programme": "proposed", "honour": "under_review"}
    unit = "" if kind == "round_task" else ITEM.unit  # a slate is of many units
    row = shown(
        replace(ITEM, kind=kind, unit=unit, place=places.get(kind, "received"), detail=detail, steps=()),
        RowFacts(),
    )

    assert (row["title"], row["address"], row["is_act"]) == (title, address, False)


def test_a_round_about_one_unit_is_named_after_it():
    row = shown(
        replace(ITEM, kind="round_task", place="open", detail={"mode": "countersign"}, steps=()), RowFacts()
    )

    assert row["title"] == "听泉社区・联合审议"
