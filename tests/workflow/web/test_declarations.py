"""A unit's declaration: its task list, its filing, its receipt."""

from uuid import uuid4

import pytest

from services.workflow.commands import declare
from tests.workflow.web.desk import Desk, hidden, summary, words


def page(d, code, rest=""):
    return f"/declarations/{d.cases[code]}{rest}"


def test_the_task_list_says_what_is_missing_and_leads_to_it(d):
    answer = Desk("begun").get(page(d, "begun"))

    shown = words(answer)
    assert "共 2 项指标、4 条标准，满分 100 分，90 分（含）以上达标" in shown
    assert "还有 4 条未填写 1.1、1.2、2.1、2.2" in shown and "尚差 90.00 分" in shown
    assert f'href="{page(d, "begun", "/criteria/1.1")}"' in answer.text


def test_a_gap_stands_under_its_row_and_in_the_list_in_the_same_words(d):
    figures = {"cards": {"numerator": "932", "denominator": "1000"}}
    declare.save_answers(
        d.cases["begun"],
        {"1.1": {"points": "40", "figures": figures}, "1.2": {"points": "20", "statement": "齐全"}},
        by=d.people["begun"],
    )

    shown = words(Desk("begun").get(page(d, "begun")))

    assert shown.count("缺 1 份佐证：制度照片") == 2 and "需修改 1" in shown


@pytest.mark.parametrize(
    ("who", "status"), [("begun2", 200), ("songxi", 404), ("draft", 404), ("office", 404)]
)
def test_a_draft_is_its_units_own(d, who, status):
    assert Desk(who).get(page(d, "begun")).status_code == status


def test_a_returned_declaration_says_who_asked_for_what(d):
    shown = words(Desk("returned").get(page(d, "returned")))

    assert "songxi社区 songxi" in shown and "缺材料" in shown


def test_filing_gives_a_receipt_with_what_comes_next(d):
    desk = Desk("draft")
    answer = desk.send(page(d, "draft", "/check"), promise="on")
    shown = words(desk.get(answer["Location"]))

    assert (answer.status_code, d.case("draft").stage) == (302, "preliminary_review")
    assert d.case("draft").number in shown and "街镇初评" in shown and "剩余 10 个工作日" in shown


def test_filing_again_after_a_return_goes_straight_back(d):
    Desk("returned").send(page(d, "returned", "/check"), promise="on")

    assert (d.case("returned").stage, d.case("returned").leg) == ("preliminary_review", 1)


def test_filing_without_the_promise_asks_for_it(d):
    answer = Desk("draft").send(page(d, "draft", "/check"))

    assert (answer.status_code, summary(answer), d.case("draft").stage) == (
        422,
        ["提交前请勾选此项承诺"],
        "draft",
    )


def test_a_declaration_with_gaps_cannot_be_filed(d):
    desk = Desk("begun")
    shown = desk.get(page(d, "begun", "/check"))
    case = d.case("begun")
    answer = desk.post(
        page(d, "begun", "/check"),
        promise="on",
        version=case.version,
        revision=case.revision,
        key=uuid4(),
    )

    assert ('id="file"' in shown.text, answer.status_code, d.case("begun").stage) == (False, 422, "draft")


def test_what_a_colleague_wrote_meanwhile_is_seen_before_filing(d):
    desk, path = Desk("draft"), page(d, "draft", "/check")
    seen = hidden(desk.get(path))
    declare.save_answers(d.cases["draft"], {"2.1": {"points": "1"}}, by=d.people["draft"])

    answer = desk.post(path, **seen, promise="on")

    assert (answer.status_code, d.case("draft").stage) == (409, "draft")
    assert "2.1" in words(answer) and hidden_of(answer, "revision") == str(d.case("draft").revision)


def hidden_of(answer, name):
    return answer.text.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_a_filed_declaration_is_no_longer_checked(d):
    assert Desk("preliminary").get(page(d, "preliminary", "/check")).status_code in {409, 422}


def test_a_receipt_is_given_for_what_was_filed_only(d):
    assert Desk("draft").get(page(d, "draft", "/receipt")).status_code == 404
