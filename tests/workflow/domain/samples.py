"""A small standard and definition that the rules are tried on; every part can be replaced."""

from dataclasses import replace
from decimal import Decimal

from services.workflow.domain.programme import Definition, Leg, NamedUnit
from services.workflow.domain.programme_rules import Body, NoticeRule, SupervisionRule, VetoGround
from services.workflow.domain.scoring import Score
from services.workflow.domain.stages import Mode, Role, Stage, UnitKind
from services.workflow.domain.standard import Criterion, FigureKind, Indicator, Measure, RuleKind, Standard

CARDS = Measure("cards", "联系卡发放率", FigureKind.RATIO, "%", Decimal(95))
AREA = Measure("area", "办公面积", FigureKind.VALUE, "㎡", Decimal(80))

STANDARD = Standard(
    total=Decimal(100),
    criteria_declared=4,
    indicators=(
        Indicator(
            "1",
            "组织",
            Decimal(60),
            (
                Criterion("1.1", "党组织", Decimal(40), "dep-org", RuleKind.JUDGED, measures=(CARDS,)),
                Criterion(
                    "1.2", "居委会", Decimal(20), "dep-org", evidence=("制度照片",), statement_wanted=True
                ),
            ),
        ),
        Indicator(
            "2",
            "环境",
            Decimal(40),
            (
                Criterion("2.1", "绿化", Decimal(30), "dep-urban"),
                Criterion("2.2", "办公用房", Decimal(10), "dep-urban", RuleKind.MEASURED, measures=(AREA,)),
            ),
        ),
    ),
)

OFFICE = Body(Role.OFFICE, "office")
COMMITTEE = Body(Role.COMMITTEE, "committee")
SCORERS = (Body(Role.DEPARTMENT, "dep-org"), Body(Role.DEPARTMENT, "dep-urban"))

DEFINITION = Definition(
    code="sample",
    name="示例社区创建",
    title="示例社区",
    scope="yunling",
    host=OFFICE,
    decided_by=COMMITTEE,
    issuers=("云岭区人民政府",),
    units=(
        NamedUnit("yunling", "云岭区", UnitKind.DISTRICT),
        NamedUnit("office", "区文明办", UnitKind.DEPARTMENT),
        NamedUnit("committee", "区文明委", UnitKind.COMMITTEE),
        NamedUnit("dep-org", "区委组织部", UnitKind.DEPARTMENT),
        NamedUnit("dep-urban", "区城管局", UnitKind.DEPARTMENT),
    ),
    subject_kinds=(UnitKind.COMMUNITY,),
    legs=(
        Leg("declare", "自我申报", Stage.DRAFT, Mode.SINGLE, Body(Role.DECLARANT, "subject")),
        Leg(
            "preliminary",
            "街镇初评",
            Stage.PRELIMINARY_REVIEW,
            Mode.SINGLE,
            Body(Role.TOWN, "subject.town"),
            10,
            return_to=("declare",),
        ),
        Leg("assessment", "部门评议", Stage.EVALUATION, Mode.SCORING, OFFICE, 20, SCORERS),
        Leg("notice", "公示", Stage.NOTICE, Mode.NOTICE, OFFICE, 5),
        Leg("naming", "命名表彰", Stage.NAMING, Mode.SINGLE, OFFICE, 10),
    ),
    standard=STANDARD,
    pass_mark=Decimal(90),
    supervision=SupervisionRule(2, OFFICE, OFFICE, COMMITTEE),
    notice=NoticeRule(5),
    veto_grounds=(VetoGround("public_security", "社会治安综合治理", "dep-org"),),
)


def full_marks(standard: Standard = STANDARD) -> dict[str, Score]:
    return {criterion.code: Score(criterion.points) for criterion in standard.criteria}


def with_criterion(code: str, /, **changes: object) -> Definition:
    """The sample definition with one criterion changed."""

    def changed(criterion: Criterion) -> Criterion:
        return replace(criterion, **changes) if criterion.code == code else criterion  # type: ignore[arg-type]  # any field

    indicators = tuple(
        replace(indicator, criteria=tuple(map(changed, indicator.criteria)))
        for indicator in STANDARD.indicators
    )
    return replace(DEFINITION, standard=replace(STANDARD, indicators=indicators))
