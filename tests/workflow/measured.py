"""A second programme of the cast's district: categories, figures behind criteria, a self-check of the town, a quota."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

from services.workflow.commands import declare as declaring
from services.workflow.commands import slates
from services.workflow.commands.measuring import score_leg
from services.workflow.commands.programmes import open_edition, publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import Body, Category, CompositionRule, Quota, QuotaKind
from services.workflow.domain.stages import Mode, Role, Stage
from services.workflow.domain.standard import Criterion, Indicator, RuleKind, Standard
from services.workflow.models import RoundTask
from tests.workflow.cast import CLOSES, COMMITTEE, DEFINITION, OFFICE, OPENS, TOWN, District, take
from tests.workflow.domain.samples import AREA, CARDS

OLD = replace(AREA, code="old", needed=Decimal(300))
NEW = replace(AREA, code="new", needed=Decimal(25))
PROGRAMME: Definition = replace(
    DEFINITION,
    code="measured",
    name="美丽社区创建",
    title="美丽社区",
    pass_mark=Decimal(60),
    tie_break=("1.1",),
    veto_grounds=(),
    notice=None,
    categories=(Category("old", "老旧社区"), Category("new", "新建社区")),
    quota=Quota(QuotaKind.MAXIMUM, 1),
    composition=(CompositionRule("新建社区", categories=("new",), number=1),),
    legs=(
        Leg("declare", "自查申报", Stage.DRAFT, Mode.SINGLE, Body(Role.DECLARANT, "subject")),
        Leg(
            "town_check", "街道自查", Stage.PRELIMINARY_REVIEW, Mode.SINGLE, TOWN, 4,
            own_check=True, pass_mark=Decimal(60), return_to=("declare",),
        ),
        Leg(
            "acceptance", "评估验收", Stage.EVALUATION, Mode.SCORING, OFFICE, 5,
            (Body(Role.DEPARTMENT, "dep-org"),), return_to=("declare", "town_check"),
        ),
        Leg("decision", "审定", Stage.EVALUATION, Mode.SINGLE, COMMITTEE, 5),
        Leg("naming", "命名", Stage.NAMING, Mode.SINGLE, OFFICE, 10),
    ),
    standard=Standard(
        total=Decimal(100),
        indicators=(
            Indicator(
                "1",
                "自治",
                Decimal(60),
                (
                    Criterion("1.1", "议事", Decimal(40), "dep-org"),
                    Criterion("1.2", "联系卡", Decimal(20), "dep-org", RuleKind.RATIO, measures=(CARDS,)),
                ),
            ),
            Indicator(
                "2",
                "服务站",
                Decimal(40),
                (
                    Criterion(
                        "2.1", "老旧社区服务站", Decimal(40), "dep-org", RuleKind.MEASURED,
                        measures=(OLD,), categories=("old",),
                    ),
                    Criterion(
                        "2.2", "新建社区服务站", Decimal(40), "dep-org", RuleKind.MEASURED,
                        measures=(NEW,), categories=("new",),
                    ),
                ),
            ),
        ),
    ),
)  # fmt: skip
CARDS_MET = {"figures": {"cards": {"numerator": "96", "denominator": "100"}}, "source": "台账"}
AREA_MET = {"old": {"value": "300"}, "new": {"value": "25"}}


def opened(d: District) -> int:
    """The programme admitted, and its edition of this year."""
    programme = publish_version(PROGRAMME, by=SYSTEM, key=None)["programme"]
    take("programme", programme, "propose", d.people["office"])
    take("programme", programme, "admit", d.people["leading-group"])
    edition: int = open_edition(
        programme, year=2026, opens_at=OPENS, closes_at=CLOSES, by=d.people["office"], key=uuid4()
    )["edition"]
    return edition


def filed(d: District, edition: int, code: str, category: str) -> int:
    """A community's declaration in its category, before its town."""
    by, last = d.people[code], {"old": "2.1", "new": "2.2"}[category]
    case: int = declaring.begin(edition, category=category, by=by, key=uuid4())["declaration"]
    answers: dict[str, Any] = {
        "1.1": {"points": "40"},
        "1.2": {"points": "20", "figures": CARDS_MET["figures"]},
        last: {"points": "40", "figures": {category: AREA_MET[category]}},
    }
    declaring.save_answers(case, answers, by=by)
    take("declaration", case, "submit", by)
    return case


def checked(d: District, case: int, town: str, category: str) -> int:
    """Checked by its town, and on its way to the department."""
    last = {"old": "2.1", "new": "2.2"}[category]
    area = {"figures": {category: AREA_MET[category]}, "source": "实测"}
    score_leg(case, {"1.1": "39", "1.2": CARDS_MET, last: area}, by=d.people[town], key=uuid4())
    take("declaration", case, "endorse", d.people[town])
    return case


def both(d: District) -> tuple[int, int, int]:
    """The edition with an old and a new community before the department: (edition, old, new)."""
    edition = opened(d)
    old = checked(d, filed(d, edition, "idle", "old"), "songxi", "old")
    new = checked(d, filed(d, edition, "guiyuan", "new"), "guihua", "new")
    return edition, old, new


def tabled(d: District, edition: int, cases: list[int]) -> int:
    """The department's task on a slate of these cases."""
    round_ = slates.table(edition, cases, by=d.people["office"], key=uuid4())["round"]
    return int(RoundTask.objects.get(process=round_, participant_unit__code="dep-org").pk)
