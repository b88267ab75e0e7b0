"""Every address of the product that shows a page, looked at by the person it is for: by axe, and on a phone.

The list is drawn from the table of addresses: one that is neither a page with a sample nor named as no page fails.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver
from playwright.sync_api import Error

from services.workflow.commands import slates
from services.workflow.commands.drafts import begin_draft
from services.workflow.commands.endpoints import make_endpoint
from services.workflow.commands.objections import lodge
from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.models import Honour, Member, Objection, Rectification, RoundTask, SlateLine
from services.workflow.queries.people import password_link
from services.workflow.web import urls
from tests.browser.conftest import PHONE, WIDE
from tests.browser.looking import too_wide_px, violations
from tests.workflow import cast
from tests.workflow.cast import OBJECTION, District, take

# Files, data, parts of a page, and addresses that only take what is sent.
NO_PAGES = set(
    """
    inbox_rows logout cockpit_body autosave upload evidence remove_evidence case_body large_type parts
    round_bpmn draft_toml draft_svg draft_workbook draft_save version_toml version_svg draft_next draft_from_file
    notice_file notice_standing notice_moved register_csv register_json register_atom register_honour_json
    paper slate_body slate_flow slate_sheet slate_minutes_docx slate_minutes_pdf task_standing task_points
    task_figures_template open_copy save_view delete_view objection_receipt objection_identity objection_letter
    certificate plaque certificate_word plaque_word document_word notice_word rectification_order
    first_admin calendar_template draft_discard task_recuse cockpit_csv notice_attach notice_part
    paper_template_file paper_template_specimen
    """.split()
)


# Name of the address, who looks at it (nobody logged in: -), and one such address.
SAMPLES = """
inbox songxi /
batch songxi /inbox/batch
reassign_many songxi /inbox/reassign
act songxi /cases/{preliminary}/endorse
work_act songxi /side-acts/declaration/{preliminary}/reassign
editions office /editions
edition_new office /editions/new
edition office /editions/{edition}
ranking office /editions/{edition}/ranking
draws office /editions/{edition}/draws
slate_new office /editions/{edition}/slates/new
notice_new office /editions/{edition}/notices/new
slate office /slates/{slate}
slate_close office /slates/{slate}/close
slate_extend office /slates/{slate}/extend
slate_remind office /slates/{slate}/remind
slate_add office /slates/{slate}/add
task_add dep-police /tasks/{task}/add
slate_cancel office /slates/{slate}/cancel
slate_strike office /slates/{slate}/strike/{in_round}
slate_remove office /slates/{slate}/remove/{task}
slate_minutes office /slates/{vote}/minutes
notice_edit office /notices/{published}/edit
notice_preview office /notices/{published}/edit/preview
honour_notice office /editions/{edition}/notices/of-results
notice_step office /notices/{published}/edit/extend
objection_entry office /notices/{published}/edit/objection
objection office /objections/{objection}
objection_step office /objections/{objection}/receive
supervision office /supervision
honour office /honours/{honour}
rectification held /rectifications/{rectification}
rectification_step held /rectifications/{rectification}/plan
documents office /documents
programmes office /programmes
draft_new office /programmes/drafts/new
draft office /programmes/drafts/{draft}
draft_check office /programmes/drafts/{draft}/check
draft_try office /programmes/drafts/{draft}/try
draft_publish office /programmes/drafts/{draft}/publish
draft_part office /programmes/drafts/{draft}/parts/route
programme office /programmes/{programme}
versions office /programmes/{programme}/versions
version_difference office /programmes/{programme}/versions/2/difference
change_version office /cases/{clearance}/change-version
programme_step leading-group /programmes/{proposed}/admit
project_notices - /project-notices
case office /cases/{clearance}
files office /cases/{clearance}/files
criterion office /cases/{clearance}/criteria/1.1
account office /account
own_password office /account/password
notifications office /account/notifications
arrangements office /account/arrangements
relations office /account/relations
begin idle /editions/{edition}/begin
declaration begun /declarations/{begun}
check_answers begun /declarations/{begun}/check
section begun /declarations/{begun}/criteria/1.1
receipt preliminary /declarations/{preliminary}/receipt
task dep-police /tasks/{task}
endpoints system-admin /administration/endpoints
endpoint system-admin /administration/endpoints/{endpoint}
deliveries system-admin /administration/deliveries
people security-admin /administration/people
person security-admin /administration/people/{songxi}
calendar_years system-admin /administration/calendar
paper_templates system-admin /administration/templates
incidents dep-police /supervision/incidents
refused_acts audit-admin /administration/refused
login - /login
new_password - {link}
notices - /notices
notice - /notices/{published}
object - /notices/{published}/object
objection_follow - /objections/follow
register - /register
register_data - /register/data
register_honour - /register/{number}
decision - /decisions/{resolution}
"""


# Pages that the cast's programme has no case for: rounds that were cancelled, late or on paper, tiers that check
# themselves, projects on notice. Their own tests draw them without a browser.
NO_SAMPLES = set(
    "own_check slate_again slate_confirm slate_count task_late task_figures project_notice honour_step".split()
)


@dataclass(frozen=True)
class Sample:
    who: str
    path: str


@pytest.fixture
def d(committed: District) -> District:
    return committed


def names(patterns: list[Any], found: set[str]) -> set[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            names(pattern.url_patterns, found)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.add(pattern.name)
    return found


def prepared(d: District) -> dict[str, Any]:
    """What the cast has not: an open vote, a draft of a programme, an endpoint, an objection, a rectification."""
    people = d.people
    vote = slates.table(d.edition, [d.cases["vote"]], by=people["office"], key=uuid4())
    drafted = begin_draft(programme=d.programme, by=people["office"], key=uuid4())
    hook = {"kind": "webhook", "name": "档案系统", "url": "https://receiver.example/hooks", "kinds": ["work"]}
    endpoint = make_endpoint(hook, by=people["system-admin"], key=uuid4())
    lodge(d.notice, {**OBJECTION, "declaration": d.cases["listed"]})
    take("honour", d.honour.pk, "open_rereview", people["office"], reason="两年期满")
    take("honour", d.honour.pk, "order_rectification", people["office"], reason="不达标", points_text="三条")
    publish_version(replace(cast.DEFINITION, pass_mark=Decimal(85)), by=SYSTEM, key=None)
    proposed = publish_version(replace(cast.DEFINITION, code="other"), by=SYSTEM, key=None)["programme"]
    take("programme", proposed, "propose", people["office"])
    asked = RoundTask.objects.filter(flow_task_type="HUMAN", process__slate__lines__case=d.cases["in_round"])
    return {
        "vote": vote["slate"],
        "ballot": vote["tasks"][0],
        "draft": drafted["draft"],
        "proposed": proposed,
        "endpoint": endpoint["endpoint"],
        "objection": Objection.objects.latest("pk").pk,
        "rectification": Rectification.objects.latest("pk").pk,
        "task": asked.order_by("pk")[0],
        "line": SlateLine.objects.get(case=d.cases["in_round"], open=True),
    }


def samples(d: District) -> dict[str, Sample]:
    p, honour = prepared(d), Honour.objects.get(unit_id=d.units["held"])
    songxi = Member.objects.get(username="songxi")
    known = {
        **d.cases,
        **{
            key: p[key]
            for key in ("vote", "ballot", "draft", "proposed", "endpoint", "objection", "rectification")
        },
        "task": p["task"].pk,
        "slate": p["line"].slate_id,
        "edition": d.edition,
        "published": d.notice,
        "programme": d.programme,
        "honour": honour.pk,
        "number": honour.number,
        "resolution": honour.resolution_id,
        "songxi": songxi.pk,
        "link": password_link(songxi),
    }
    found = {}
    for line in SAMPLES.strip().splitlines():
        name, who, path = line.split()
        found[name] = Sample("" if who == "-" else who, path.format(**known))
    return found


@pytest.mark.timeout(900)
def test_axe_finds_nothing_on_any_page_and_a_phone_shows_it_whole(d: District, site: Any) -> None:
    wanted = samples(d)
    assert sorted(names(urls.urlpatterns, set()) - NO_PAGES - NO_SAMPLES - wanted.keys()) == []

    faults: dict[str, Any] = {}
    for who in sorted({sample.who for sample in wanted.values()}):
        page = site.desk(who).page if who else site.stranger("/login")
        for name, sample in wanted.items():
            if sample.who == who:
                faults[name] = looked_at(page, sample.path)

    assert [(name, *found) for name, found in faults.items() if found] == []


def looked_at(page: Any, path: str) -> list[Any]:
    """What is wrong with one page."""
    page.set_viewport_size(WIDE)
    try:
        answer = page.goto(path)
    except Error as error:
        return [str(error)[:200]]
    if answer.status != 200:
        return [answer.status]
    wrong: list[Any] = violations(page)
    page.set_viewport_size(PHONE)
    wider = too_wide_px(page)
    return wrong + ([f"{wider} px too wide at {PHONE['width']}"] if wider > 0 else [])
