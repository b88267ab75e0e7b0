"""The papers of standing supervision: the order to put things right, the decision that takes a title away."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from services.workflow.documents.papers import (
    RectificationOrder,
    RevocationDecision,
    RevokedHonour,
    Shortcoming,
)
from services.workflow.models import DocumentFile, Honour

ADDRESSEES = "各街道、各镇，区级各部门、各单位"
REASON_IN_TABLE = 40
DEMAND = "按评分标准整改到位"
NO_CRITERION = "综合"
CODED = re.compile(r"(\d+(?:\.\d+)+)[、.：: \s]*(.+)")


def rectification_paper(document: DocumentFile) -> RectificationOrder:
    """限期整改通知, addressed to the unit, point by point."""
    paper = document.paper
    issuers = tuple(paper["issuers"])
    return RectificationOrder(
        issuers=issuers,
        number=document.number,
        title=("　".join(issuers), f"关于{paper['unit']}限期整改的通知"),
        addressees=paper["unit"],
        paragraphs=(
            f"经复评，你单位“{paper['title']}”（编号{paper['number']}）在动态管理中存在不足。现责令限期整改。",
        ),
        shortcomings=tuple(_shortcoming(n, point) for n, point in enumerate(paper["points"], start=1)),
        working_days=paper["working_days"],
        due=date.fromisoformat(paper["deadline_on"]),
        report_to=paper["report_to"],
        signers=issuers,
        dated=date.fromisoformat(paper["on"]),
        example=bool(paper.get("example")),
    )


def _shortcoming(serial: int, point: str) -> Shortcoming:
    """A point that begins with the code of a criterion stands under it."""
    coded = CODED.fullmatch(point)
    criterion, finding = (coded[1], coded[2]) if coded else (NO_CRITERION, point)
    return Shortcoming(serial=serial, criterion=criterion, finding=finding, demand=DEMAND)


def revocation_paper(document: DocumentFile) -> RevocationDecision:
    """取消称号决定, with the reason that was given for it."""
    paper = document.paper
    honour = Honour.objects.select_related("town").get(pk=document.case_id or 0)
    issuers = tuple(paper["issuers"])
    reason = paper["reason"].strip().rstrip("。；;.")
    on = date.fromisoformat(paper["on"])
    conferred = date.fromisoformat(paper["conferred_on"])
    return RevocationDecision(
        issuers=issuers,
        number=document.number,
        title=("　".join(issuers), f"关于取消{paper['unit']}“{paper['title']}”称号的决定"),
        addressees=ADDRESSEES,
        paragraphs=(
            f"{paper['unit']}于{in_words(conferred)}被命名为“{paper['title']}”，编号{paper['number']}。",
            f"该单位在动态管理中达不到保持称号的标准：{reason}。"
            f"{_decided(paper.get('vote'))}，现决定取消其“{paper['title']}”称号。",
        ),
        honour=paper["title"],
        revoked=(
            RevokedHonour(
                serial=1,
                unit=paper["unit"],
                town=honour.town.name if honour.town else "",
                honour_number=paper["number"],
                reason=reason if len(reason) <= REASON_IN_TABLE else "见正文",
            ),
        ),
        plaque_due=date.fromisoformat(paper["plaque_due"]) if paper.get("plaque_due") else None,
        banned_until=honour.banned_until,
        signers=issuers,
        dated=on,
        example=bool(paper.get("example")),
    )


def _decided(vote: Mapping[str, Any] | None) -> str:
    """How it came about: proposed and considered, with the count where it was voted on."""
    if not vote:
        return "经提请和审议"
    return (
        f"经提请和{vote['body']}审议表决（应到{vote['entitled']}人，实到{vote['present']}人，"
        f"赞成{vote['for']}票，反对{vote['against']}票，弃权{vote['abstain']}票）"
    )


def in_words(day: date) -> str:
    """2026年2月10日."""
    return f"{day.year}年{day.month}月{day.day}日"
