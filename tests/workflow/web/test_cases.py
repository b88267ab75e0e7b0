"""The page of a case and the pages of the acts on it."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.domain.refused import Refused
from services.workflow.models import LedgerEntry, Score
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast
from tests.workflow.web.desk import Desk, hidden, summary, words


def page(d, code, rest=""):
    return f"/cases/{d.cases[code]}{rest}"


@pytest.mark.parametrize(
    ("who", "code", "acts"),
    [
        ("songxi", "preliminary", {"endorse", "return", "decline"}),
        ("preliminary", "preliminary", {"take_back", "withdraw"}),
        ("dep-police", "preliminary", {"raise_veto"}),
        ("committee1", "confirmation", {"confirm", "decline", "return"}),
        ("committee1", "decision", {"decide", "pass_over", "return"}),
        ("office", "naming", {"confer"}),
        ("office", "preliminary", set()),
    ],
)
def test_a_page_offers_the_acts_of_the_office(d, who, code, acts):
    shown = Desk(who).get(page(d, code)).text

    assert {act for act in ACTS if f'href="{page(d, code)}/{act}"' in shown} == acts


ACTS = (
    "endorse return decline take_back withdraw raise_veto lift_veto disqualify confirm decide pass_over confer"
).split()


@pytest.mark.parametrize("who", ["idle", "guihua", "north-office", "audit-admin"])
def test_a_case_does_not_exist_for_others(d, who):
    assert Desk(who).get(page(d, "preliminary")).status_code == 404


def test_the_office_puts_a_case_that_waits_for_a_round_on_a_slate(d):
    shown = Desk("office").get(page(d, "clearance")).text

    assert f'href="/editions/{d.edition}/slates/new?leg={cast.LEGS["clearance"]}"' in shown


@pytest.mark.parametrize(
    ("who", "code", "step", "fields", "stage"),
    [
        ("songxi", "preliminary", "endorse", {"rank": "2"}, "eligibility"),
        ("songxi", "preliminary", "return", {"reason": "1.2 缺制度照片"}, "returned"),
        ("songxi", "preliminary", "decline", {"reason": "不符合条件"}, "declined"),
        ("preliminary", "preliminary", "take_back", {}, "draft"),
        ("preliminary", "preliminary", "withdraw", {"reason": "条件变化"}, "withdrawn"),
        ("committee1", "confirmation", "confirm", {}, "evaluation"),
        ("committee1", "decision", "decide", {}, "notice"),
        ("committee1", "decision", "pass_over", {"reason": "名额所限"}, "not_selected"),
        ("office", "naming", "confer", {}, "named"),
        (
            "dep-police",
            "preliminary",
            "raise_veto",
            {**cast.VETO, "reason": "发生案件"},
            "preliminary_review",
        ),
    ],
)
def test_an_act_is_taken_on_its_own_page(d, who, code, step, fields, stage):
    answer = Desk(who).send(page(d, code, f"/{step}"), **fields)

    assert (answer.status_code, answer["Location"], d.case(code).stage) == (302, page(d, code), stage)


def test_a_veto_is_lifted_and_a_vetoed_case_disqualified(d):
    desk = Desk("dep-police")
    desk.send(page(d, "preliminary", "/raise_veto"), **cast.VETO, reason="发生案件")
    lifted = desk.send(page(d, "preliminary", "/lift_veto"), reason="查明不属实")
    desk.send(page(d, "preliminary", "/raise_veto"), **cast.VETO, reason="又发生案件")
    ended = Desk("committee1").send(page(d, "preliminary", "/disqualify"), reason="一票否决")

    assert (lifted.status_code, ended.status_code, d.case("preliminary").stage) == (302, 302, "disqualified")


def test_an_act_of_another_office_names_the_role_that_is_needed(d):
    answer = Desk("office").get(page(d, "preliminary", "/raise_veto"))

    assert (answer.status_code, "职能部门" in words(answer), "step.not_yours" in words(answer)) == (
        403,
        True,
        True,
    )


def test_an_act_out_of_order_shows_how_the_case_stands(d):
    answer = Desk("songxi").get(page(d, "clearance", "/endorse"))

    assert (answer.status_code, "step.out_of_order" in words(answer)) == (409, True)


def test_an_unknown_act_is_nothing(d):
    assert Desk("songxi").get(page(d, "preliminary", "/promote")).status_code == 404


def test_a_reason_left_out_is_asked_for_at_its_field(d):
    blank, spaces = (
        Desk("songxi").send(page(d, "preliminary", "/decline"), reason=text) for text in ("", "  ")
    )

    assert (blank.status_code, summary(blank)) == (422, ["请填写：理由"])
    assert (spaces.status_code, summary(spaces)) == (422, ["办理“不予通过”须写明理由，请填写后重新提交。"])
    assert d.case("preliminary").stage == "preliminary_review"


def test_a_score_above_its_maximum_stays_typed_and_is_said_beside_it(d):
    answer = Desk("songxi").send(page(d, "preliminary", "/endorse"), rank="3", **{"s-1.1": "41"})

    assert (answer.status_code, len(summary(answer))) == (422, 1)
    assert 'id="s-1.1" name="s-1.1" value="41"' in answer.text and 'name="rank" value="3"' in answer.text
    assert d.case("preliminary").stage == "preliminary_review"


def test_the_towns_scores_are_kept_with_its_endorsement(d):
    Desk("songxi").send(page(d, "preliminary", "/endorse"), **{"s-1.1": "39", "s-1.2": ""})

    kept = Score.objects.filter(case_id=d.cases["preliminary"], tier="town")
    assert [(row.criterion, str(row.points)) for row in kept] == [("1.1", "39.00")]


def test_a_stale_act_shows_who_was_first_and_keeps_what_was_typed(d):
    desk, path = Desk("songxi"), page(d, "preliminary", "/return")
    seen = hidden(desk.get(path))
    cast.take(
        "declaration",
        d.cases["preliminary"],
        "raise_veto",
        d.people["dep-police"],
        reason="案件",
        **cast.VETO,
    )
    cast.take("declaration", d.cases["preliminary"], "lift_veto", d.people["dep-police"], reason="不实")

    answer = desk.post(path, **seen, reason="缺少照片")

    assert answer.status_code == 409
    assert "dep-police" in words(answer) and "解除一票否决" in words(answer) and "缺少照片" in answer.text
    assert hidden_version(answer) == str(d.case("preliminary").version)
    assert d.case("preliminary").stage == "preliminary_review"


def hidden_version(answer):
    return answer.text.partition('name="version" value="')[2].partition('"')[0]


def test_an_act_that_somebody_else_has_taken_shows_the_present_state(d):
    desk, path = Desk("songxi"), page(d, "preliminary", "/decline")
    seen = hidden(desk.get(path))
    cast.take("declaration", d.cases["preliminary"], "endorse", d.people["songxi2"])

    answer = desk.post(path, **seen, reason="不符合")

    assert (answer.status_code, f'href="{page(d, "preliminary")}"' in answer.text) == (409, True)
    assert d.case("preliminary").stage == "eligibility"


def test_a_form_sent_twice_acts_once(d):
    desk, path = Desk("songxi"), page(d, "preliminary", "/endorse")
    seen = hidden(desk.get(path))

    answers = [desk.post(path, **seen).status_code for _ in range(2)]

    steps = LedgerEntry.objects.filter(case_id=d.cases["preliminary"], step="endorse").count()
    assert (answers, steps) == ([302, 302], 1)


def test_a_form_without_its_key_is_not_read(d):
    answer = Desk("songxi").post(page(d, "preliminary", "/endorse"), version="2", key="x")

    assert (answer.status_code, summary(answer)) == (400, [refusal_text(Refused("request.key_malformed"))])
    assert d.case("preliminary").stage == "preliminary_review"


def test_saving_and_taking_the_next_leads_to_the_next_piece_of_work(d):
    cast.file(d, "idle")

    answer = Desk("songxi").send(page(d, "preliminary", "/return"), reason="缺照片", next="1")

    assert answer["Location"] == f"/cases/{d.cases['idle']}"


def test_the_part_that_follows_is_the_body_alone(d):
    answer = Desk("songxi").get(page(d, "preliminary", "/body"))

    assert answer.text.startswith('<div id="case-body"') and "<html" not in answer.text


def test_the_statements_of_a_page_do_not_grow_with_its_course(d):
    desk = Desk("dep-police")
    desk.get(page(d, "preliminary"))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            desk.get(page(d, "preliminary"))
        counts.append(len(asked))
        desk.send(page(d, "preliminary", "/raise_veto"), **cast.VETO, reason="案件")
        desk.send(page(d, "preliminary", "/lift_veto"), reason="不实")

    assert counts[0] == counts[1]


def test_a_key_of_another_act_is_refused(d):
    desk = Desk("songxi")
    seen = hidden(desk.get(page(d, "preliminary", "/endorse")))
    desk.post(page(d, "preliminary", "/endorse"), **seen)

    again = desk.post(page(d, "preliminary", "/endorse"), **{**seen, "version": "9", "key": str(uuid4())})

    assert again.status_code == 409
