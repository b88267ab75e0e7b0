"""The ranking in the cockpit, on its page and on slates: places, ties told, last place, quota and composition."""

import pytest

from services.workflow.models import Slate
from tests.workflow import measured
from tests.workflow.cast import decide, take
from tests.workflow.web.desk import Desk, words


@pytest.fixture
def ranked(d):
    """Both communities scored with equal points; the talk in the neighbourhood (1.1) tells them apart."""
    edition, old, new = measured.both(d)
    task = measured.tabled(d, edition, [old, new])
    missed = {"figures": {"cards": {"numerator": "90", "denominator": "100"}}, "source": "台账"}
    findings = [
        {"case": old, "criterion": "1.1", "points": "20"},
        {"case": old, "criterion": "1.2", **measured.CARDS_MET},
        {"case": old, "criterion": "2.1", "figures": {"old": {"value": "300"}}, "source": "丈量"},
        {"case": new, "criterion": "1.1", "points": "40"},
        {"case": new, "criterion": "1.2", **missed},
        {"case": new, "criterion": "2.2", "figures": {"new": {"value": "25"}}, "source": "丈量"},
    ]
    decide(task, "scored", d.people["dep-org"], findings)
    return edition, old, new


def test_the_cockpit_ranks_and_says_what_is_left(ranked):
    edition, _, _ = ranked

    shown = words(Desk("office").get(f"/editions/{edition}"))

    assert "名额 1 个，已用 0 个，余 1 个" in shown
    assert "1 guiyuan社区" in shown and "2 idle社区" in shown
    assert "与前一名同分，按1.1 议事排后 末位" in shown
    assert "新建社区 0 个中有 0 个，不超过 1 未满" in shown


def test_a_place_opens_down_to_its_figures(ranked):
    edition, old, _ = ranked
    desk = Desk("office")

    page = desk.get(f"/editions/{edition}/ranking")
    criterion = words(desk.get(f"/cases/{old}/criteria/1.2"))

    assert "同分时依次比较：1.1 议事" in words(page) and "1.1 20.00 / 40 同分时比较项" in words(page)
    assert f'href="/cases/{old}/criteria/1.2"' in page.text
    assert (
        "联系卡发放率不少于 95%，得 20 分，否则不得分" in criterion
        and "96/100" in criterion
        and "台账" in criterion
    )


def test_where_all_share_the_first_place_nobody_is_last(d):
    shown = words(Desk("office").get(f"/editions/{d.edition}/ranking"))

    assert ("各项相同，并列" in shown, "末位" in shown) == (True, False)


def test_decided_places_are_used_and_the_composition_is_full(d, ranked):
    edition, _, new = ranked
    take("declaration", new, "decide", d.people["committee1"])

    shown = words(Desk("office").get(f"/editions/{edition}"))

    assert "名额 1 个，已用 1 个，余 0 个" in shown and "新建社区 1 个中有 1 个，不超过 1 已满" in shown


def test_a_closed_slate_tells_the_places(d, ranked):
    _, old, _ = ranked
    slate = Slate.objects.get(lines__case=old)

    shown = words(Desk("office").get(f"/slates/{slate.pk}"))

    assert "2 按 1.1 末位 80.00" in shown


@pytest.mark.parametrize(("who", "status"), [("idle", 403), ("songxi", 403), ("dep-org", 200)])
def test_units_and_towns_rank_nobody(ranked, who, status):
    edition, _, _ = ranked

    assert Desk(who).get(f"/editions/{edition}/ranking").status_code == status
