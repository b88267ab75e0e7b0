"""A programme for persons with two notices, figures behind its criteria, levels and an incident, by real commands."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

import services.workflow
from services.workflow.commands import declare, notices, slates
from services.workflow.commands.incidents import report_incident
from services.workflow.commands.measuring import measure
from services.workflow.commands.programmes import open_edition, publish_version
from services.workflow.domain.actor import SYSTEM, Actor
from services.workflow.domain.definition_file import read
from services.workflow.domain.programme_rules import UNSTATED
from services.workflow.models import (
    Declaration,
    Edition,
    Honour,
    Incident,
    Measurement,
    Member,
    Notice,
    Office,
    RoundTask,
    Score,
    Unit,
)
from services.workflow.queries.rights import actor_of, visible_to
from tests.workflow.cast import (
    CLOSES,
    EARLIER,
    OPENS,
    District,
    answer_round,
    decide,
    set_clock,
    take,
)
from tests.workflow.commands.refusing import refusal

FILE = Path(services.workflow.__file__).parent / "programmes/zuimei-005/programme.toml"
DEFINITION = replace(read(FILE.read_text(encoding="utf-8")), ladder=(), admission=UNSTATED)
FIGURES = {
    "1.1": {"visited": {"numerator": "92", "denominator": "100"}},
    "1.2": {"settled": {"numerator": "19", "denominator": "20"}},
    "1.3": {"late": {"value": "1"}},
    "2.2": {"events": {"value": "0"}},
    "B.2": {"commended": {"value": "1"}},
}


def seat(d: District, username: str, role: str, unit: Unit) -> Actor:
    member = Member.objects.create(username=username, name=username, password="!")
    office = Office.objects.create(member=member, unit=unit, role=role, name=username, since=EARLIER)
    d.people[username] = actor_of(office)
    return d.people[username]


@pytest.fixture
def edition(d: District) -> int:
    """The programme admitted and open; a person in the community of draft, and the two departments it names more."""
    district, community = Unit.objects.get(code="yunling"), Unit.objects.get(code="idle")
    for name in ("dep-civil", "dep-discipline"):
        unit = Unit.objects.create(
            code=name, name=name, kind="department", parent=district, district=district
        )
        seat(d, name, "department", unit)
    person = Unit.objects.create(
        code="zhang", name="张三", kind="person", parent=community, town=community.town, district=district,
        category="worker",
    )  # fmt: skip
    seat(d, "zhang", "declarant", person)
    published = publish_version(DEFINITION, by=SYSTEM, key=None)["programme"]
    take("programme", published, "propose", d.people["office"])
    take("programme", published, "admit", d.people["leading-group"])
    opened: int = open_edition(
        published, year=2026, opens_at=OPENS, closes_at=CLOSES, by=d.people["office"], key=uuid4()
    )["edition"]
    return opened


def filed(d: District, edition: int) -> int:
    case: int = declare.begin(edition, by=d.people["zhang"], key=uuid4())["declaration"]
    answers: dict[str, Any] = {
        c.code: {"points": str(c.points), "figures": FIGURES.get(c.code, {}), "statement": "事迹"}
        for c in DEFINITION.standard.criteria
    }
    declare.save_answers(case, answers, by=d.people["zhang"])
    take("declaration", case, "submit", d.people["zhang"])
    return case


def at_the_scoring(d: District, edition: int) -> int:
    """The person's case, recommended, reviewed, shown by the town, cleared, and before the two scorers."""
    case = filed(d, edition)
    take("declaration", case, "endorse", d.people["idle"])
    take("declaration", case, "endorse", d.people["songxi"])
    shown(d, edition, case, "songxi", "songxi2")
    answer_round(d, slates.table(edition, [case], by=d.people["office"], key=uuid4())["round"])
    slates.table(edition, [case], by=d.people["office"], key=uuid4())
    return case


def shown(d: District, edition: int, case: int, drawer: str, releaser: str) -> Any:
    """A notice of one body, from drawing it up to its end."""
    drawn = notices.draw_up(edition, [case], title="公示", text="现予公示", by=d.people[drawer], key=uuid4())[
        "notice"
    ]
    take("notice", drawn, "prepare", d.people[drawer])
    take("notice", drawn, "release", d.people[releaser])
    notice = Notice.objects.get(pk=drawn)
    assert notice.ends_at is not None
    set_clock(notice.ends_at + dt.timedelta(hours=1))
    take("notice", drawn, "close", d.people[drawer])
    return Notice.objects.get(pk=drawn)


def scored(d: District, case: int) -> None:
    """Each department answers: figures for what is computed, points for what is judged."""
    for name, points in (("dep-civil", {}), ("dep-org", {"2.1": "24", "B.1": "4"})):
        task = RoundTask.objects.get(
            process__slate__lines__case=case,
            participant_unit__code=name,
            status="NEW",
            flow_task_type="HUMAN",
        )
        findings = [
            {"case": case, "criterion": c.code, "figures": FIGURES[c.code], "source": "台账"}
            if c.code in FIGURES
            else {"case": case, "criterion": c.code, "points": points[c.code]}
            for c in DEFINITION.standard.scored_by(name)
        ]
        decide(task.pk, "scored", d.people[name], findings)


def test_a_person_comes_to_a_title_by_two_notices_and_figures(d: District, edition: int) -> None:
    case = at_the_scoring(d, edition)
    scored(d, case)
    answer_round(d, slates.table(edition, [case], by=d.people["office"], key=uuid4())["round"])
    take("declaration", case, "decide", d.people["committee1"])
    last = shown(d, edition, case, "office", "office2")
    take("declaration", case, "confer", d.people["office"])

    honour = Honour.objects.get(declaration=case)
    first = Notice.objects.filter(edition=edition).order_by("pk")[0]
    # 18.4 + 20 + 17.5 + 24 + 15 = 94.9 of 100, and a bonus of 7 that is capped at 5.
    assert (honour.points, honour.level, honour.status) == (Decimal("99.90"), "四星", "held")
    assert [(n.leg_key, n.office_role, n.office_unit and n.office_unit.code) for n in (first, last)] == [
        ("town_notice", "town", "songxi"), ("district_notice", "office", "office"),
    ]  # fmt: skip
    assert {
        (line.unit_name, line.town_name, line.points) for line in (first.lines.get(), last.lines.get())
    } == {("张三", "idle社区", None)}
    assert honour.resolution is not None and "99.9" not in str(honour.resolution.paper)


def test_a_computed_mark_follows_its_figures_until_the_round_is_over(d: District, edition: int) -> None:
    case = at_the_scoring(d, edition)
    civil = d.people["dep-civil"]
    said = {"numerator": "50", "denominator": "100", "source": "走访台账", "on": "2026-03-01"}

    first = measure(case, "1.1", "visited", said, by=civil, key=uuid4())
    again = measure(case, "1.1", "visited", {**said, "numerator": "80"}, by=civil, key=uuid4())
    scored(d, case)

    mark = Score.objects.get(case_id=case, criterion="1.1", tier="department")
    assert (first["points"], again["points"], mark.points) == ("10.00", "16.00", Decimal("18.40"))
    assert Measurement.objects.filter(case_id=case, criterion="1.1").count() == 3
    assert refusal(measure, case, "1.1", "visited", said, by=civil, key=uuid4()) == "measure.too_late"


@pytest.mark.parametrize(
    ("who", "criterion", "measured", "said", "expected"),
    [
        ("dep-org", "1.1", "visited", {"numerator": "1", "denominator": "2"}, "score.not_your_criterion"),
        ("zhang", "1.1", "visited", {"numerator": "1", "denominator": "2"}, "score.not_your_criterion"),
        ("dep-civil", "1.1", "visited", {"numerator": "3", "denominator": "2"}, "measure.impossible"),
        ("dep-civil", "1.1", "visited", {"value": "3"}, "measure.impossible"),
        ("dep-civil", "1.1", "other", {"value": "3"}, "measure.unknown"),
        ("dep-civil", "9.9", "visited", {"value": "3"}, "score.unknown_criterion"),
        ("dep-civil", "1.3", "late", {"value": "1", "on": "2029-01-01"}, "measure.in_future"),
        ("dep-civil", "1.3", "late", {"value": "1", "source": ""}, "field.missing"),
        ("north-police", "1.3", "late", {"value": "1"}, "case.not_found"),
    ],
)
def test_a_figure_is_refused(  # who measures what, and the code
    d: District, edition: int, who: str, criterion: str, measured: str, said: dict[str, str], expected: str
) -> None:
    case = at_the_scoring(d, edition)

    found = refusal(
        measure, case, criterion, measured, {"source": "台账", **said}, by=d.people[who], key=uuid4()
    )

    assert found == expected


def test_points_typed_for_what_is_computed_are_refused(d: District, edition: int) -> None:
    case = at_the_scoring(d, edition)
    task = RoundTask.objects.get(
        process__slate__lines__case=case, participant_unit__code="dep-civil", status="NEW"
    )
    typed = [{"case": case, "criterion": code, "points": "20"} for code in ("1.1", "1.2", "1.3")]

    assert refusal(decide, task.pk, "scored", d.people["dep-civil"], typed) == "score.computed"
    assert refusal(decide, task.pk, "scored", d.people["dep-civil"], []) == "finding.missing"


def test_an_incident_bars_filing_and_deciding_for_its_months(d: District, edition: int) -> None:
    police, person = d.people["dep-police"], Unit.objects.get(code="zhang")
    told = {"kind": "public_security_penalty", "happened_on": "2024-01-05", "basis": "处罚决定书"}

    denied = [
        refusal(report_incident, person.pk, told, by=d.people[who], key=uuid4())
        for who in ("dep-org", "office", "north-police")
    ]
    unknown = refusal(report_incident, person.pk, {**told, "kind": "late"}, by=police, key=uuid4())
    report_incident(person.pk, told, by=police, key=uuid4())

    assert (denied, unknown) == (["incident.not_yours"] * 3, "incident.unknown_kind")
    assert refusal(filed, d, edition) == "declaration.negative_list"
    assert [visible_to(d.people[who], Incident).count() for who in ("dep-police", "office", "zhang")] == [
        1,
        0,
        0,
    ]


def test_a_title_that_is_asked_for_first_is_needed(d: District, edition: int) -> None:
    with_ladder = replace(DEFINITION, ladder=("hexie-002",))
    version = publish_version(with_ladder, by=SYSTEM, key=None)["version"]
    Edition.objects.filter(pk=edition).update(definition_version=version)

    assert refusal(filed, d, edition) == "declaration.ladder_unmet"


def test_the_community_sees_what_its_people_filed_and_no_other_does(d: District, edition: int) -> None:
    case = filed(d, edition)

    seen = {
        who: visible_to(d.people[who], Declaration).filter(pk=case).exists()
        for who in ("zhang", "idle", "draft", "songxi", "guihua", "office", "north-office")
    }

    assert seen == {
        "zhang": True, "idle": True, "draft": False, "songxi": True, "guihua": False, "office": True,
        "north-office": False,
    }  # fmt: skip
