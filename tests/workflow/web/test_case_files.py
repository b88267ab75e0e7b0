"""What a total is made of: criterion, scorer, file."""

import pytest

from tests.workflow.web.desk import Desk, words


def test_a_total_opens_down_to_criterion_scorer_and_file(d):
    case = d.cases["decision"]
    desk = Desk("committee1")
    total = desk.get(f"/cases/{case}")
    criterion = words(desk.get(f"/cases/{case}/criteria/1.2"))

    assert f'href="/cases/{case}/criteria/1.2"' in total.text and "100.00" in words(total)
    assert "自评 20.00 decision社区" in criterion and "部门 20.00 dep-org社区 dep-org" in criterion
    assert "制度健全" in criterion and "制度.pdf" in criterion


def test_the_unit_does_not_read_what_departments_gave_before_it_is_public(d):
    shown = words(Desk("decision").get(f"/cases/{d.cases['decision']}/criteria/1.2"))

    assert "自评 20.00" in shown and "dep-org" not in shown


def test_all_files_stand_on_one_page(d):
    assert "1.2 居委会 制度.pdf" in words(Desk("office").get(f"/cases/{d.cases['decision']}/files"))


@pytest.mark.parametrize("rest", ["/files", "/criteria/1.2", "/body", ""])
@pytest.mark.parametrize("who", ["idle", "guihua", "north-office"])
def test_others_see_nothing_of_it(d, who, rest):
    assert Desk(who).get(f"/cases/{d.cases['decision']}{rest}").status_code == 404


def test_an_unknown_criterion_is_nothing(d):
    assert Desk("office").get(f"/cases/{d.cases['decision']}/criteria/9.9").status_code == 404
