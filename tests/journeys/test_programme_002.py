"""Document 002: six kinds of subject, each on its own route by its own standard, in one edition."""

import pytest

from tests.journeys import edition as e
from tests.journeys import hexie
from tests.journeys import programmes as p
from tests.journeys.client import Answered
from tests.journeys.product import Product

# Who declares, who compares in the town, who assesses.
SUBJECTS = {
    "guiyuan": ("guihua", ("dep-civil", "guidance")),
    "songxi-clerk": ("", ("guidance",)),
    "dep-culture-clerk": ("", ("guidance",)),
    "elders-clerk": ("", ("guidance",)),
    "tingquan-branch": ("songxi", ("dep-org",)),
}
TITLES = {
    "guiyuan": "和谐社区",
    "songxi-clerk": "和谐社区建设先进街镇",
    "dep-culture-clerk": "和谐社区建设先进部门",
    "elders-clerk": "和谐社区建设先进工作组",
    "tingquan-branch": "和谐社区建设先进党组织",
}


@pytest.mark.timeout(300)
def test_every_kind_of_subject_is_named_on_its_own_track(programmes: Product) -> None:
    run = p.run_of(programmes, "hexie-002", hexie.HOST)
    cases = {username: p.declare(run, username) for username in SUBJECTS}

    with pytest.raises(Answered) as refused:  # a slate never mixes tracks
        run.as_(hexie.HOST).post(
            "slates", {"edition": run.chosen, "cases": [cases["songxi-clerk"], cases["elders-clerk"]]}
        )
    assert refused.value.code == "slate.mixed_tracks"
    for username, (town, scorers) in SUBJECTS.items():
        case = cases[username]
        if town:
            e.step(run, town, "declaration", case, "endorse", rank=1)
        p.assess(run, [case], scorers)
        hexie.decide_and_confer(run, [case])

    assert {
        username: p.honour_of(run, username, title)["status"] for username, title in TITLES.items()
    } == dict.fromkeys(TITLES, "held")


@pytest.mark.timeout(300)
def test_a_volunteer_is_recommended_compared_and_named(programmes: Product) -> None:
    hexie.name_person(programmes)

    run = p.run_of(programmes, "hexie-002", hexie.HOST)
    assert p.honour_of(run, "lanqing", hexie.PERSON_TITLE)["status"] == "held"
