"""Rows of what was handled and what was set going."""

from services.workflow.queries.own_work import Piece
from services.workflow.web.own_work_shown import piece_row
from tests.workflow.cast import NOW


def test_a_case_tells_what_was_done_and_where_it_stands():
    row = piece_row(
        Piece("declaration", 7, "听泉社区", "示例社区 2026年度", "eligibility", NOW, "endorse", "S-1")
    )

    assert (row["title"], row["fact"], row["stage"], row["address"]) == (
        "听泉社区",
        "上报　S-1",
        "资格确认",
        "/cases/7",
    )
    assert (row["tickable"], row["undated"]) == (False, True)


def test_a_slate_and_a_task_name_themselves():
    slate = piece_row(Piece("slate", 3, "", "示例社区 2026年度", "clearance", NOW, "", "2"))
    task = piece_row(Piece("round_task", 9, "", "示例社区 2026年度", "vote", NOW, "answered", "2"))

    assert (slate["title"], slate["address"], slate["fact"]) == ("名单第 2 号・部门审查", "/slates/3", "")
    assert (task["title"], task["address"]) == ("名单第 2 号・表决", "/tasks/9")
