"""What each act asks for and brings about."""

from services.workflow.models import Declaration
from services.workflow.models.lifecycle.steps import all_steps
from services.workflow.queries.case_page import one_case
from services.workflow.web.acts import PAGES, fields_of, role_needed

BY_ITSELF = {"clear", "assess", "vote", "open_notice", "hold", "free", "close_notice"}
ON_THE_CHECK_PAGE = {"submit", "resubmit"}
WITH_ITS_PREVIEW = {"change_version"}  # web/designer/moving.py


def case(d, who, code):
    return one_case(d.people[who], Declaration, d.cases[code], "unit__town", "edition")


def test_every_act_of_a_person_has_a_page():
    steps = set(all_steps(Declaration)) - BY_ITSELF - ON_THE_CHECK_PAGE - WITH_ITS_PREVIEW

    assert steps == set(PAGES)


def test_every_page_says_what_will_happen(d):
    row = case(d, "office", "preliminary")

    assert all(line.words and line.icon for page in PAGES.values() for line in page.will(row))


def test_an_endorsement_says_whose_it_is_next(d):
    words = [line.words for line in PAGES["endorse"].will(case(d, "songxi", "preliminary"))]

    assert words[1:] == ["转交区文明办办理：部门审查。", "对方应在 5 个工作日内办结。"]


def test_a_department_chooses_among_its_own_grounds(d):
    row = case(d, "dep-police", "preliminary")

    form = PAGES["raise_veto"].form(row, d.people["dep-police"])()

    assert form.fields["ground"].choices == [("public_security", "社会治安")]  # type: ignore[attr-defined]


def test_the_reason_goes_beside_the_fields():
    assert fields_of({"reason": "r", "rank": "1"}) == {"rank": "1"}


def test_the_role_of_an_act_is_named(d):
    row = case(d, "office", "preliminary")

    assert [role_needed(row, step) for step in ("endorse", "raise_veto", "disqualify", "withdraw")] == [
        "街镇审核员",
        "职能部门",
        "文明委委员",
        "申报员",
    ]
