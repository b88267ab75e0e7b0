"""The declaration in words."""

import pytest

from services.workflow.commands import declare
from services.workflow.queries.declaration_page import last_return, sheet_of
from services.workflow.web import declaration_shown as shown
from services.workflow.web.deadlines import today


def sheet(d, code):
    return sheet_of(d.cases[code], d.people[code])


def test_a_task_list_counts_states_and_adds_up_its_indicators(d):
    answers = {"1.1": {"points": "40"}, "2.1": {"points": "30"}}
    declare.save_answers(d.cases["begun"], answers, by=d.people["begun"])

    task_list = shown.task_list(sheet(d, "begun"), today())

    assert {one["state"]: one["n"] for one in task_list["counts"]} == {
        "done": 1,
        "under_way": 1,
        "not_begun": 2,
    }
    assert [(one["number_words"], one["done"], str(one["points"])) for one in task_list["indicators"]] == [
        ("一、", 0, "40.00"),
        ("二、", 1, "30.00"),
    ]
    assert (str(task_list["missing_points"]), task_list["next_criterion"]["code"]) == ("20.00", "1.1")


def test_a_whole_declaration_has_no_gap_and_leads_to_its_check(d):
    task_list = shown.task_list(sheet(d, "draft"), today())

    assert (task_list["gaps"], task_list["next_criterion"], task_list["missing_points"]) == ([], None, None)


def test_gaps_name_those_begun_one_by_one_and_the_rest_together(d):
    declare.save_answers(d.cases["begun"], {"1.2": {"points": "20"}}, by=d.people["begun"])

    gaps = [(gap["words"], gap["why"]) for gap in shown.gap_list(sheet(d, "begun"))]

    assert gaps == [
        ("1.2 居委会", "未填说明；缺 1 份佐证：制度照片"),
        ("还有 3 条未填写", "1.1、2.1、2.2"),
    ]


@pytest.mark.parametrize(("code", "leg"), [("draft", "街镇初评"), ("returned", "街镇初评")])
def test_a_filing_goes_to_the_first_body_or_back_to_the_one_that_asked(d, code, leg):
    about = shown.about(sheet(d, code))

    assert (about["receiving_body"], about["next_stage"]) == ("songxi社区", leg)


def test_answers_are_read_through_with_figures_words_and_files(d):
    first, second = shown.answers_shown(sheet(d, "draft"))

    told = {answer["code"]: (answer["words"], answer["files"]) for answer in first["answers"]}
    assert told == {"1.1": ("联系卡发放率 100/100", []), "1.2": ("制度健全", ["制度.pdf"])}
    assert second["answers"][1]["words"] == "办公面积 80㎡"


def test_who_returned_it_is_told_with_the_office(d):
    told = shown.return_shown(last_return(d.cases["returned"]))

    assert told is not None and (told["asked_by"], told["opinion"]) == ("songxi社区 songxi", "缺材料")
    assert shown.return_shown(None) is None


def test_an_indicator_past_the_tenth_is_numbered_all_the_same():
    assert (shown.ordinal(1), shown.ordinal(10), shown.ordinal(11)) == ("一、", "十、", "11. ")
