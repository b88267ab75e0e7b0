"""The fixed cast: one district with its people, a small programme with the whole route, a case at every leg.

Everything but units and people comes about by real commands. It is built once a run in a database of its own
(tests/workflow/databases.py), where the clock says 2 March 2026, nine in the morning in Shanghai.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from services.workflow.commands import answers, declare, notices, slates
from services.workflow.commands.programmes import open_edition, publish_version
from services.workflow.commands.steps import take_step, take_steps
from services.workflow.domain.actor import SYSTEM, Actor
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import (
    Body,
    ClearanceRule,
    CountersignRule,
    NoticeRule,
    Quota,
    QuotaKind,
    SupervisionRule,
    TownQuota,
    VetoGround,
    VoteRule,
)
from services.workflow.domain.stages import Mode, Role, Stage
from services.workflow.domain.standard import RuleKind, Standard
from services.workflow.models import Declaration, Edition, Honour, Member, Office, RoundTask, Unit
from services.workflow.queries.rights import actor_of
from tests.workflow.domain import samples

NOW = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)  # a Monday, 09:00 in Shanghai
EARLIER = dt.datetime(2026, 2, 2, 1, tzinfo=dt.UTC)  # when the cases that are further on were released
CLOSED = dt.datetime(2026, 2, 10, 1, tzinfo=dt.UTC)  # the day after that notice ended
OPENS, CLOSES = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

OFFICE, COMMITTEE = samples.OFFICE, samples.COMMITTEE
TOWN = Body(Role.TOWN, "subject.town")
SCORERS = samples.SCORERS
CLEARERS = (Body(Role.DEPARTMENT, "dep-police"), Body(Role.DEPARTMENT, "dep-health"))
REVIEWERS = (Body(Role.LEADING_GROUP, "leading-group"), OFFICE)
ROUTE = (
    Leg("declare", "自我申报", Stage.DRAFT, Mode.SINGLE, Body(Role.DECLARANT, "subject")),
    Leg("preliminary", "街镇初评", Stage.PRELIMINARY_REVIEW, Mode.SINGLE, TOWN, 10),
    Leg("clearance", "部门审查", Stage.ELIGIBILITY, Mode.CLEARANCE, OFFICE, 5, CLEARERS, clearance=ClearanceRule()),
    Leg(
        "joint_review", "联合审议", Stage.ELIGIBILITY, Mode.COUNTERSIGN, OFFICE, 5, REVIEWERS,
        countersign=CountersignRule(Fraction(1)),
    ),
    Leg("confirmation", "审定资格", Stage.ELIGIBILITY, Mode.SINGLE, COMMITTEE, 5),
    Leg("assessment", "部门评议", Stage.EVALUATION, Mode.SCORING, OFFICE, 20, SCORERS),
    Leg("vote", "委员会表决", Stage.EVALUATION, Mode.VOTE, COMMITTEE, 10, vote=VoteRule()),
    Leg("decision", "审定", Stage.EVALUATION, Mode.SINGLE, COMMITTEE, 5),
    Leg("notice", "公示", Stage.NOTICE, Mode.NOTICE, OFFICE, 5),
    Leg("naming", "命名表彰", Stage.NAMING, Mode.SINGLE, OFFICE, 10),
)  # fmt: skip
LEGS = {leg.key: index for index, leg in enumerate(ROUTE)}
# Points are typed for every criterion of the cast; what is computed is tried in commands/test_marks.py.
DEFINITION: Definition = replace(
    samples.with_criterion("2.2", rule=RuleKind.JUDGED),
    first_year=2003,
    legs=ROUTE,
    supervision=SupervisionRule(2, OFFICE, OFFICE, COMMITTEE, ban_years=3),
    notice=NoticeRule(5),
    veto_grounds=(
        VetoGround("public_security", "社会治安", "dep-police"),
        VetoGround("family_planning", "计划生育", "dep-health"),
    ),
)
# code, kind, parent; the north is another district, whose people must see and do nothing here.
UNITS = """
yunzhou city -, yunling district yunzhou, committee committee yunling, office department yunling,
leading-group leading_group yunling, dep-org department yunling, dep-urban department yunling,
dep-police department yunling, dep-health department yunling, administration department yunling,
songxi town yunling, guihua town yunling,
north district yunzhou, north-office department north, north-police department north, north-town town north,
north-community community north-town,
begun community songxi, draft community songxi, preliminary community songxi, returned community songxi,
clearance community songxi, in_round community songxi, joint_review community songxi,
confirmation community songxi, assessment community songxi, vote community songxi, decision community songxi,
notice community songxi, listed community songxi, listed_too community songxi, naming community songxi,
held community songxi, idle community songxi, guiyuan community guihua
"""
# username, role, unit; a declarant sits in each community under its own name.
SEATS = """
begun2 declarant begun, songxi town songxi, songxi2 town songxi, guihua town guihua,
office office office, office2 office office, committee1 committee committee, committee2 committee committee,
committee3 committee committee, leading-group leading_group leading-group, dep-org department dep-org,
dep-urban department dep-urban, dep-police department dep-police, dep-health department dep-health,
investigator investigator dep-police, investigator2 investigator dep-police,
system-admin system_admin administration, security-admin security_admin administration,
audit-admin audit_admin administration,
north-office office north-office, north-police department north-police, north-town town north-town
"""


@dataclass(frozen=True)
class District:
    """Who and what there is: people by user name, declarations by the code of their unit."""

    programme: int
    version: int
    edition: int
    notice: int
    people: dict[str, Actor]
    cases: dict[str, int]
    units: dict[str, int]

    def case(self, code: str) -> Any:
        """The declaration, fresh; named for the leg that it waits at."""
        return Declaration.objects.get(pk=self.cases[code])

    @property
    def honour(self) -> Any:
        return Honour.objects.get(unit_id=self.units["held"])


def set_clock(moment: dt.datetime) -> None:
    """The one clock says this from now on; within one transaction it stands still."""
    with connection.cursor() as cursor:
        cursor.execute('UPDATE demo_clock SET "offset" = %s - now()', [moment])


def build() -> District:
    """Fill an empty database with the cast."""
    set_clock(EARLIER)
    units, people = _units(), _people()
    published = publish_version(DEFINITION, by=SYSTEM, key=None)
    take("programme", published["programme"], "propose", people["office"])
    take("programme", published["programme"], "admit", people["leading-group"])
    edition = open_edition(
        published["programme"], year=2026, opens_at=OPENS, closes_at=CLOSES, by=people["office"], key=uuid4()
    )["edition"]
    district = District(published["programme"], published["version"], edition, 0, people, {}, units)
    return _cases(district)


def _units() -> dict[str, int]:
    units: dict[str, Unit] = {}
    for entry in UNITS.split(","):
        code, kind, parent = entry.split()
        above = units.get(parent)
        unit = units[code] = Unit.objects.create(code=code, name=f"{code}社区", kind=kind, parent=above)
        unit.town = unit if kind == "town" else above.town if above else None
        unit.district = unit if kind == "district" else above.district if above else None
        unit.save()
    return {code: unit.pk for code, unit in units.items()}


def _people() -> dict[str, Actor]:
    seats = [tuple(entry.split()) for entry in SEATS.split(",")]
    seats += [(unit.code, "declarant", unit.code) for unit in Unit.objects.filter(kind="community")]
    for username, role, code in seats:
        member = Member.objects.create(username=username, name=username, password="!")
        unit = Unit.objects.get(code=code)
        Office.objects.create(member=member, unit=unit, role=role, name=username, since=EARLIER)
    offices = Office.objects.select_related("unit", "member")
    return {office.member.username: actor_of(office) for office in offices}


def _cases(d: District) -> District:
    """One case for each leg, and further ones in a round, on a notice, with an honour."""
    ahead = [file(d, code) for code in ("naming", "held")]
    bring(d, ahead, "notice")
    notice = publish(d, ahead)
    set_clock(CLOSED)
    take("notice", notice, "close", d.people["office"])
    forward(d, [d.cases["held"]], "naming")
    set_clock(NOW)
    begin(d, "begun")
    begin(d, "draft")
    complete(d, "draft")
    keys = [key for key in LEGS if key not in {"declare", "naming"}]
    travelling = [file(d, code) for code in (*keys[1:], "in_round", "listed", "listed_too")]
    for key in keys[1:]:
        bring(d, [c for c in travelling if c != d.cases["in_round"] or key == "clearance"], key)
        travelling.remove(d.cases[key])
        if key == "clearance":
            travelling.remove(d.cases["in_round"])
    file(d, "preliminary")
    take("declaration", file(d, "returned"), "return", d.people["songxi"], reason="缺材料")
    slates.table(d.edition, [d.cases["in_round"]], by=d.people["office"], key=uuid4())
    return replace(d, notice=publish(d, [d.cases["listed"], d.cases["listed_too"]]))


def take(kind: str, case: int, step: str, by: Actor, *, reason: str = "", **fields: Any) -> dict[str, Any]:
    """One step through the command, under a key of its own."""
    return take_step(kind, case, step, by=by, key=uuid4(), reason=reason, fields=fields)


def take_many(step: str, cases: Iterable[int], by: Actor, **fields: Any) -> list[dict[str, Any]]:
    """One step on many declarations; every row's answer."""
    rows = [{"case": case} for case in cases]
    results: list[dict[str, Any]] = take_steps(
        "declaration", step, rows, by=by, key=uuid4(), reason="说明", fields=fields
    )["results"]
    return results


def rule(d: District, **changes: Any) -> Definition:
    """From here on the edition runs by another version of the programme, with these parts changed."""
    definition = replace(DEFINITION, **changes)
    version = publish_version(definition, by=SYSTEM, key=None)["version"]
    Edition.objects.filter(pk=d.edition).update(definition_version=version)
    return definition


def with_legs(**changes: dict[str, Any]) -> tuple[Leg, ...]:
    """The route of the cast, some of its legs changed: with_legs(vote={"due_days": 3})."""
    return tuple(replace(leg, **changes.get(leg.key, {})) for leg in ROUTE)


def with_criteria(**changes: dict[str, Any]) -> Standard:
    """The standard of the cast, some of its criteria changed: with_criteria(**{"1.1": {"scorer": "office"}})."""
    indicators = tuple(
        replace(each, criteria=tuple(replace(line, **changes.get(line.code, {})) for line in each.criteria))
        for each in DEFINITION.standard.indicators
    )
    return replace(DEFINITION.standard, indicators=indicators)


def one_place(town: str, d: District) -> Quota:
    """So many places for a town as it has endorsed cases already, so that none is left."""
    endorsed = Declaration.objects.filter(town_id=d.units[town], leg__gt=1).exclude(stage="withdrawn").count()
    return Quota(QuotaKind.MAXIMUM, endorsed, (TownQuota(town, endorsed),))


def begin(d: District, code: str) -> int:
    answer = declare.begin(d.edition, by=d.people[code], key=uuid4())
    d.cases[code] = answer["declaration"]
    return d.cases[code]


ANSWERS: dict[str, dict[str, Any]] = {
    "1.1": {"points": "40", "figures": {"cards": {"numerator": "100", "denominator": "100"}}},
    "1.2": {"points": "20", "statement": "制度健全"},
    "2.1": {"points": "30"},
    "2.2": {"points": "10", "figures": {"area": {"value": "80"}}},
}


def complete(d: District, code: str) -> None:
    """Everything that filing asks for."""
    declare.save_answers(d.cases[code], ANSWERS, by=d.people[code])
    declare.add_evidence(d.cases[code], "1.2", name="制度.pdf", content=PDF, by=d.people[code])


def file(d: District, code: str) -> int:
    case = begin(d, code)
    complete(d, code)
    take("declaration", case, "submit", d.people[code])
    return case


def bring(d: District, cases: Sequence[int], key: str) -> None:
    """Take cases that stand at one leg on to a later one, as the people would."""
    while (leg := Declaration.objects.get(pk=cases[0]).leg) < LEGS[key]:
        forward(d, cases, ROUTE[leg].key)


def forward(d: District, cases: Sequence[int], key: str) -> None:
    """One leg on, for all of them at once."""
    if key == "preliminary":
        done = take_many("endorse", cases, d.people["songxi"])
    elif key in {"confirmation", "decision"}:
        done = take_many("confirm" if key == "confirmation" else "decide", cases, d.people["committee1"])
    elif key == "naming":
        done = take_many("confer", cases, d.people["office"])
    else:
        answer_round(d, table(d, cases))
        return
    assert all(row["ok"] for row in done), done


def table(d: District, cases: Sequence[int]) -> int:
    """Put cases on a slate; the round that was opened."""
    opened: int = slates.table(d.edition, cases, by=d.people["office"], key=uuid4())["round"]
    return opened


VERDICTS = {"clearance": "no_objection", "countersign": "agree", "scoring": "scored", "vote": "for"}


def answer_round(d: District, round_id: int, *, share: str = "1") -> None:
    """Everybody asked answers in favour; scorers give this share of the points."""
    for task in tasks_of(round_id):
        by = asked(d, task)
        cases = (
            task.process.slate.lines.filter(open=True).order_by("case_id").values_list("case_id", flat=True)
        )
        scoring = task.process.mode == "scoring"
        findings = marks(by, list(cases), share=share) if scoring else []
        decide(task.pk, VERDICTS[task.process.mode], by, findings)


def tasks_of(round_id: int) -> list[RoundTask]:
    rows = RoundTask.objects.filter(process=round_id, flow_task_type="HUMAN").order_by("pk")
    return list(rows.select_related("process__slate"))


def asked(d: District, task: RoundTask) -> Actor:
    """Somebody who may answer this task."""
    role, unit, member = task.participant_role, task.participant_unit_id, task.assignee_id
    return next(
        p for p in d.people.values() if (p.role, p.unit_id) == (role, unit) and member in {None, p.member_id}
    )


def marks(by: Actor, cases: Sequence[int], *, share: str = "1") -> list[dict[str, Any]]:
    """What one department says of its own criteria."""
    own = [c for c in samples.STANDARD.criteria if c.scorer == by.unit_code]
    return [
        {"case": case, "criterion": c.code, "points": str(c.points * Decimal(share))}
        for case in cases
        for c in own
    ]


def decide(
    task: int,
    verdict: str,
    by: Actor,
    findings: Sequence[dict[str, Any]] = (),
    *,
    reason: str = "",
    key: UUID | None = None,
) -> dict[str, Any]:
    return answers.decide_task(
        task, verdict=verdict, reason=reason, findings=findings, by=by, key=key or uuid4()
    )


def draw_up(d: District, cases: Sequence[int]) -> int:
    drawn = notices.draw_up(
        d.edition, cases, title="公示", text="现予公示", by=d.people["office"], key=uuid4()
    )
    number: int = drawn["notice"]
    return number


def publish(d: District, cases: Sequence[int]) -> int:
    """A notice of these cases, prepared by one and released by the other."""
    notice = draw_up(d, cases)
    take("notice", notice, "prepare", d.people["office"])
    take("notice", notice, "release", d.people["office2"])
    return notice


OBJECTION = {"kind": "person", "name": "张三", "contact": "13800138000", "text": "情况不符"}
VETO = {"ground": "public_security", "basis": "公函 1 号", "event_on": "2026-01-15"}


def department(d: District, code: str) -> Actor:
    """A department more, with one person; no leg of the route asks it, so it has judged nothing."""
    unit = Unit.objects.get(code="dep-org")
    unit.pk, unit.code, unit.name = None, code, f"{code}局"
    unit.save()
    member = Member.objects.create(username=code, name=code, password="!")
    office = Office.objects.create(member=member, unit=unit, role="department", name=code, since=EARLIER)
    d.units[code], d.people[code] = unit.pk, actor_of(office)
    return d.people[code]


def colleague(of: Actor) -> Actor:
    """A second person in the same office."""
    name = f"second-{of.unit_id}"
    member, _ = Member.objects.get_or_create(username=name, defaults={"name": name, "password": "!"})
    office, _ = Office.objects.get_or_create(
        member=member, unit_id=of.unit_id or 0, role=of.role, defaults={"name": name, "since": EARLIER}
    )
    return actor_of(office)
