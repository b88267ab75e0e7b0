"""An honour under supervision: scored and decided by its office, revoked by the committee."""

from dataclasses import replace

import pytest

from services.workflow.commands.programmes import publish_version
from services.workflow.domain.programme_rules import VoteRule
from services.workflow.domain.refused import Refused
from services.workflow.domain.standard import RuleKind
from services.workflow.models import Honour, Measurement, Rectification, ReReview, Score
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast
from tests.workflow.cast import DEFINITION
from tests.workflow.domain.samples import CARDS
from tests.workflow.web.desk import Desk, hidden, summary, words

FULL = {"s-1.1": "40", "s-1.2": "20", "s-2.1": "30", "s-2.2": "10"}


@pytest.fixture
def address(d):
    cast.take("honour", d.honour.pk, "open_rereview", d.people["office"], reason="到期")
    return f"/honours/{d.honour.pk}"


def status():
    return Honour.objects.get().status


def test_scores_are_saved_and_the_rest_is_told(address):
    answer = Desk("office").send(address, **{"s-1.1": "39.5", "s-1.2": "n/a"}, save="1")

    kept = {s.criterion: (s.points, s.not_applicable) for s in Score.objects.filter(tier="rereview")}
    assert answer.status_code == 302
    assert (str(kept["1.1"][0]), kept["1.2"][1], kept["2.1"][0]) == ("39.50", True, None)


def test_a_mark_that_is_none_is_named_and_kept(address):
    answer = Desk("office").send(address, **{**FULL, "s-1.1": "41"}, save="1")

    assert summary(answer) == [refusal_text(Refused("score.above_maximum", criterion="1.1", maximum="40"))]
    assert 'value="41"' in answer.text


def test_a_passed_rereview_is_retained(address):
    answer = Desk("office").send(address, **FULL, outcome="retain", reason="", finish="1")

    assert (answer.status_code, status(), ReReview.objects.get().outcome) == (302, "held", "retain")


def test_below_the_mark_it_cannot_be_retained(address):
    answer = Desk("office").send(address, **{**FULL, "s-1.1": "1"}, outcome="retain", reason="", finish="1")

    assert (answer.status_code, summary(answer)) == (422, [refusal_text(Refused("score.below_pass_mark"))])
    assert 'href="#id_outcome"' in answer.text
    assert status() == "under_review"


def test_points_that_follow_from_figures_are_scored_by_their_figures(d):
    standard = DEFINITION.standard
    first = standard.indicators[0]
    cards = replace(first.criteria[1], rule=RuleKind.RATIO, measures=(CARDS,))
    first = replace(first, criteria=(first.criteria[0], cards))
    newer = replace(DEFINITION, standard=replace(standard, indicators=(first, *standard.indicators[1:])))
    publish_version(newer, by=d.people["office"], key=None)
    cast.take("honour", d.honour.pk, "open_rereview", d.people["office"], reason="到期")
    desk, address = Desk("office"), f"/honours/{d.honour.pk}"
    figures = {"f-own-1.2-cards-numerator": "96", "f-own-1.2-cards-denominator": "100"}
    marks = {"s-1.1": "40", "s-2.1": "30", "s-2.2": "10"}

    drawn = desk.get(address)
    unsourced = desk.send(address, **marks, **figures, save="1")
    saved = desk.send(address, **marks, **figures, src="抽查台账", save="1")
    after = desk.get(address)
    decided = desk.send(address, **marks, **figures, outcome="retain", reason="", finish="1")

    assert 'name="f-own-1.2-cards-numerator"' in drawn.text and 'name="s-1.2"' not in drawn.text
    assert (unsourced.status_code, saved.status_code, decided.status_code) == (422, 302, 302)
    assert summary(unsourced) == [f"1.2：{refusal_text(Refused('field.missing', field='source'))}"]
    assert 'value="96"' in after.text and "抽查台账" in words(after)
    assert Measurement.objects.filter(case_id=d.honour.pk, tier="rereview").count() == 1
    assert (status(), str(ReReview.objects.get().points)) == ("held", "100.00")


@pytest.mark.parametrize(
    ("outcome", "after"),
    [
        ("warn", "warned"),
        ("order_rectification", "rectifying"),
        ("propose_revocation", "revocation_proposed"),
    ],
)
def test_the_office_decides_otherwise_with_a_reason(address, outcome, after):
    desk = Desk("office")
    silent = desk.send(address, **FULL, outcome=outcome, reason=" ", finish="1")
    said = desk.send(address, **FULL, outcome=outcome, reason="滑坡", points_text="补齐\n公开", finish="1")

    assert (silent.status_code, said.status_code, status()) == (422, 302, after)
    assert [r.points_text for r in Rectification.objects.all()] == (
        ["补齐\n公开"] if after == "rectifying" else []
    )


def test_no_outcome_chosen_is_said_and_the_scores_stay(address):
    answer = Desk("office").send(address, **FULL, finish="1")

    assert refusal_text(Refused("field.missing", field="outcome")) in summary(answer)
    assert 'value="40"' in answer.text


@pytest.mark.parametrize("who", ["held", "songxi", "dep-org", "committee1"])
def test_others_look_and_do_not_score(address, who):
    page = Desk(who).get(address)

    assert page.status_code == 200
    assert ('name="s-1.1"' in page.text, 'name="outcome"' in page.text) == (False, False)


@pytest.mark.parametrize("who", ["idle", "guihua", "north-office", "audit-admin"])
def test_an_honour_does_not_exist_for_others(address, who):
    assert Desk(who).get(address).status_code == 404


def test_a_rereview_is_opened_by_hand_for_an_incident(d):
    Desk("office").send(f"/honours/{d.honour.pk}/open_rereview", cause="incident", reason="消防通道堵塞")

    assert (status(), ReReview.objects.get().cause) == ("under_review", "incident")


def test_the_committee_revokes_and_reads_the_proposal(d, address):
    cast.take("honour", d.honour.pk, "propose_revocation", d.people["office"], reason="整改后仍不达标")
    desk = Desk("committee1")
    page = desk.get(f"{address}/revoke")

    desk.send(f"{address}/revoke", reason="审议决定")

    assert "整改后仍不达标" in words(page)
    assert status() == "revoked"


def test_the_count_of_the_vote_is_asked_for_where_the_programme_has_one(d):
    supervision = replace(DEFINITION.supervision, revocation_vote=VoteRule())
    version = publish_version(replace(DEFINITION, supervision=supervision), by=d.people["office"], key=None)
    Honour.objects.filter(pk=d.honour.pk).update(earned_under_id=version["version"])
    cast.take("honour", d.honour.pk, "open_rereview", d.people["office"], reason="到期")
    cast.take("honour", d.honour.pk, "propose_revocation", d.people["office"], reason="滑坡")
    desk, address = Desk("committee1"), f"/honours/{d.honour.pk}/revoke"

    lost = desk.send(address, reason="审议决定", in_favour="1", against="2", abstain="0")
    before = status()
    desk.send(address, reason="审议决定", in_favour="3", against="0", abstain="0")

    words_of_it = refusal_text(Refused("honour.vote_not_carried", in_favour=1, needed=2))
    assert (lost.status_code, summary(lost), before) == (422, [words_of_it], "revocation_proposed")
    assert status() == "revoked"


def test_whoever_proposes_does_not_decide(d, address):
    cast.take("honour", d.honour.pk, "propose_revocation", d.people["office"], reason="滑坡")

    assert Desk("office").get(f"{address}/revoke").status_code == 403
    assert f'href="{address}/revoke"' not in Desk("office").get(address).text


def test_the_committee_may_turn_the_proposal_down(d, address):
    cast.take("honour", d.honour.pk, "propose_revocation", d.people["office"], reason="滑坡")

    Desk("committee1").send(f"{address}/retain", reason="不予取消")

    assert status() == "held"


def test_a_colleague_who_was_first_is_shown(d, address):
    desk = Desk("office")
    drawn = hidden(desk.get(address))
    cast.take("honour", d.honour.pk, "warn", d.people["office2"], reason="先到")

    answer = desk.post(address, **drawn, **FULL, outcome="warn", reason="我的理由", finish="1")

    assert answer.status_code == 409
    assert ('class="overtaken"' in answer.text, "我的理由" in answer.text) == (True, True)
    assert status() == "warned"


def test_an_unknown_act_is_not_found(d):
    assert Desk("office").get(f"/honours/{d.honour.pk}/nonsense").status_code == 404


def test_the_years_of_a_title_are_told_at_a_glance(d):
    first = Desk("office").get(f"/honours/{d.honour.pk}")
    cast.set_clock(cast.NOW.replace(year=2027))
    cast.take("honour", d.honour.pk, "open_rereview", d.people["office"])
    cast.take("honour", d.honour.pk, "warn", d.people["office"], reason="滑坡")

    page = words(Desk("songxi").get(f"/honours/{d.honour.pk}"))

    assert "逐年情况" not in first.text
    years = page.partition("逐年情况")[2].partition("办理记录")[0]
    assert "2026" in years and "2027" in years and "警告" in years
