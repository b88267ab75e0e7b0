"""Two objections to one notice by HTTP: one is right and changes the list, one is not, and nobody else waits."""

import datetime as dt
from typing import Any

import pytest

from tests.workflow import cast
from tests.workflow.api.client import Api
from tests.workflow.cast import District
from tests.workflow.databases import at_the_cast, built, d, transactional_db

__all__ = ["at_the_cast", "built", "d", "transactional_db"]
SECOND = {"title": "第二次公示", "text": "复核后名单有变化，现再次公示。"}
CLOSES = dt.datetime.fromisoformat("2026-03-10T00:00:00+08:00")


def asked(answer: Any) -> dict[str, Any]:
    assert answer.status_code < 300, answer.content.decode()
    told: dict[str, Any] = answer.json()
    return told


def step(who: str, kind: str, case: int, name: str, **body: Any) -> dict[str, Any]:
    return asked(Api(who).post(f"{kind}s/{case}/steps/{name}", body))


def object_to(notice: int, line: int, text: str) -> str:
    given = {"unit": line, "kind": "person", "name": "张三", "contact": "13800138000", "text": text}
    return str(asked(Api().post(f"public/notices/{notice}/objections", given))["receipt"])


def found(d: District, receipt: str, finding: str) -> int:
    """Received, assigned and looked into; the objection's key."""
    rows = asked(Api("office").get("objections"))["items"]
    case = next(row["id"] for row in rows if row["receipt"] == receipt)
    step("office", "objection", case, "receive")
    step("office", "objection", case, "assign", investigator=d.people["investigator"].member_id)
    step("investigator", "objection", case, "find", finding=finding)
    return int(case)


def public(notice: int) -> tuple[str, dict[str, tuple[str, str]]]:
    """What anybody reads: its status, and of each unit points and result."""
    told = asked(Api().get(f"public/notices/{notice}"))
    return told["status"], {line["unit"]: (line["points"], line["result"]) for line in told["lines"]}


def stage(d: District, code: str) -> str:
    return str(asked(Api("office").get(f"declarations/{d.cases[code]}"))["stage"])


@pytest.fixture
def objected(d: District) -> tuple[int, str]:
    """One objection to each unit; the one to `listed_too` is not borne out."""
    right, wrong = object_to(d.notice, 1, "面积不实"), object_to(d.notice, 2, "道听途说")
    case = found(d, right, "经测量，面积不足。")
    other = found(d, wrong, "经核查，情况不属实。")
    step("office", "objection", other, "dismiss", reason="不属实")
    step("office", "objection", other, "reply", reply="经核查，您反映的情况不属实。")
    return case, wrong


def test_a_sustained_objection_changes_the_list_and_a_second_notice_appears(
    d: District, objected: tuple[int, str]
) -> None:
    case, wrong = objected
    unit = d.cases["listed"]
    step("office", "objection", case, "sustain", reason="属实", effect="rescore")
    cast.set_clock(CLOSES)
    step("office", "notice", d.notice, "close")

    assert public(d.notice) == (
        "closed", {"listed社区": ("100.00", "held"), "listed_too社区": ("100.00", "passed")},
    )  # fmt: skip
    assert asked(Api().get(f"public/objections/{wrong}"))["outcome"] == "dismissed"
    step("office", "declaration", d.cases["listed_too"], "confer")  # the rest is named on time

    step("committee1", "declaration", unit, "rescore", reason="异议成立，重新评分")
    cast.answer_round(d, cast.table(d, [unit]), share="0.92")
    cast.forward(d, [unit], "vote")
    step("committee1", "declaration", unit, "decide")
    drawn = asked(Api("office").post("notices", {"edition": d.edition, "cases": [unit], **SECOND}))["id"]
    step("office", "notice", drawn, "prepare")
    step("office2", "notice", drawn, "release")
    step("office", "objection", case, "reply", reply="经核查属实，已重新评分并再次公示。")

    assert public(drawn) == ("released", {"listed社区": ("92.00", "")})
    cast.set_clock(CLOSES + dt.timedelta(days=30))
    step("office", "notice", drawn, "close")
    step("office", "declaration", unit, "confer")
    named = {row["unit"]: row["status"] for row in asked(Api().get("public/honours"))["items"]}
    assert (named["listed社区"], named["listed_too社区"]) == ("held", "held")


def test_a_unit_that_is_disqualified_is_off_the_list_for_good(d: District, objected: tuple[int, str]) -> None:
    case, _ = objected
    step("office", "objection", case, "sustain", reason="属实", effect="disqualify")
    step("committee1", "declaration", d.cases["listed"], "disqualify", reason="异议成立")
    cast.set_clock(CLOSES)

    step("office", "notice", d.notice, "close")

    assert (stage(d, "listed"), stage(d, "listed_too")) == ("disqualified", "naming")


def test_a_dismissed_objection_changes_nothing(d: District, objected: tuple[int, str]) -> None:
    case, _ = objected
    before = public(d.notice)
    step("office", "objection", case, "dismiss", reason="不属实")
    cast.set_clock(CLOSES)

    step("office", "notice", d.notice, "close")

    assert before == ("released", {"listed社区": ("100.00", ""), "listed_too社区": ("100.00", "")})
    assert (stage(d, "listed"), stage(d, "listed_too")) == ("naming", "naming")
    assert len(asked(Api().get("public/notices?status=released"))["items"]) == 0
