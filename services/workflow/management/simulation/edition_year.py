"""One edition from its opening to its naming, act by act on the days of the year."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from services.workflow.commands import answers, declare, notices, objections, slates
from services.workflow.commands.programmes import open_edition
from services.workflow.domain.calendar import start_of_day
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import ENDED, ObjectionStatus, Stage
from services.workflow.domain.standard import FigureKind, Measure
from services.workflow.management.demo_work import EVIDENCE
from services.workflow.management.simulation.acting import Play
from services.workflow.models import Declaration, Notice, Objection, Round, RoundTask, SlateLine, Veto
from services.workflow.models.round import RoundStatus

FIRST, SECOND = "office", "office2"
DECLARES, BEGINS_ONLY, RETURNED, DECLINED, VETOED, LATE = 0.62, 0.03, 0.04, 0.02, 0.02, 0.08
OBJECTED, TRUE_OBJECTION = 0.06, 0.3
VERDICTS = {"clearance": "no_objection", "countersign": "agree", "scoring": "scored", "vote": "for"}
Agenda = list[tuple[date, str, Callable[[], None]]]


class EditionYear:
    """Its acts are taken in the order of `agenda`; each finds its cases where they stand by then."""

    def __init__(self, play: Play, year: int) -> None:
        self.play, self.world, self.year = play, play.world, year
        self.edition = 0

    def agenda(self) -> Agenda:
        days: tuple[tuple[int, int, str, Callable[[], None]], ...] = (
            (3, 1, "开放申报", self.open),
            (3, 10, "自我申报", self.declare),
            (3, 16, "街镇初评", self.review),
            (3, 17, "补正", self.resubmit),
            (3, 18, "一票否决", self.raise_vetoes),
            (3, 19, "资格审查", lambda: self.table("clearance")),
            (3, 22, "资格审查", self.answer),
            (3, 25, "街镇初评", self.review_late),
            (3, 26, "资格审查", lambda: self.table("clearance")),
            (3, 26, "联合审议", lambda: self.table("joint_review")),
            (3, 29, "联合审议", self.answer),
            (4, 1, "资格审查", self.answer_late),
            (4, 2, "资格确认", self.confirm),
            (4, 5, "联合审议", lambda: self.table("joint_review")),
            (4, 8, "联合审议", self.answer_late),
            (4, 9, "资格确认", self.confirm),
            (4, 10, "否决处理", self.settle_vetoes),
            (4, 12, "部门评议", lambda: self.table("assessment")),
            (4, 28, "部门评议", self.answer),
            (5, 14, "部门评议", self.answer_late),
            (5, 17, "委员会表决", lambda: self.table("vote")),
            (5, 20, "委员会表决", self.answer_late),
            (5, 24, "审定", self.decide),
            (6, 1, "公示", self.publish),
            (6, 3, "异议", self.object),
            (6, 4, "异议", self.investigate),
            (6, 10, "异议", self.conclude),
            (6, 18, "命名表彰", self.confer),
            (6, 24, "命名表彰", self.confer),
        )
        return [(date(self.year, month, day), words, act) for month, day, words, act in days]

    # ---- declaring ----

    def open(self) -> None:
        opens, closes = date(self.year, 3, 1), date(self.year, 4, 30)
        answer = open_edition(
            self.world.programme,
            year=self.year,
            opens_at=start_of_day(opens),
            closes_at=start_of_day(closes),
            by=self.world.people[FIRST],
            key=uuid.uuid4(),
        )
        self.edition = answer["edition"]

    def declare(self) -> None:
        for unit in sorted(self.world.clerks):
            if self.play.chance(DECLARES):
                try:
                    self._declare(unit)
                except Refused as refusal:
                    self.play.refused[refusal.code] += 1

    def _declare(self, unit: int) -> None:
        clerk = self.world.clerks[unit]
        case: int = declare.begin(self.edition, by=clerk, key=uuid.uuid4())["declaration"]
        if self.play.chance(BEGINS_ONLY):
            return
        criteria = self.world.definition.standard.criteria
        declare.save_answers(case, {each.code: _answer(each) for each in criteria}, by=clerk)
        for each in criteria:
            for wanted in each.evidence:
                declare.add_evidence(case, each.code, name=f"{wanted}.pdf", content=EVIDENCE, by=clerk)
        self.play.act("declaration", case, "submit", clerk)

    def _at(self, key: str) -> list[int]:
        """Cases that stand at a leg and are free to go on."""
        vetoed = Veto.objects.filter(lifted_at__isnull=True).values("case_id")
        rows = Declaration.objects.filter(edition=self.edition, leg=self.world.leg(key)).exclude(
            pk__in=vetoed
        )
        away = [*(str(s) for s in ENDED), str(Stage.RETURNED), str(Stage.DRAFT)]
        return list(rows.exclude(stage__in=away).order_by("pk").values_list("pk", flat=True))

    # ---- preliminary review and vetoes ----

    def review(self) -> None:
        """Most towns are in time; each returns or declines a few."""
        self._review(late=False)

    def review_late(self) -> None:
        self._review(late=True)

    def _review(self, *, late: bool) -> None:
        rows = Declaration.objects.filter(pk__in=self._at("preliminary")).order_by("pk")
        towns: dict[int, list[int]] = {}
        for pk, town in rows.values_list("pk", "town_id"):
            towns.setdefault(town or 0, []).append(pk)
        for town, cases in sorted(towns.items()):
            if not late and self.play.chance(LATE):
                continue
            by = next(a for a in self.world.people.values() if (a.role, a.unit_id) == ("town", town))
            going = []
            for case in cases:
                if not late and self.play.chance(RETURNED):
                    self.play.act("declaration", case, "return", by, "材料不全，请补正。")
                elif self.play.chance(DECLINED):
                    self.play.act("declaration", case, "decline", by, "不符合申报条件。")
                else:
                    going.append(case)
            self.play.act_on(going, "endorse", by)

    def resubmit(self) -> None:
        rows = Declaration.objects.filter(edition=self.edition, stage=str(Stage.RETURNED)).order_by("pk")
        for pk, unit in rows.values_list("pk", "unit_id"):
            self.play.act("declaration", pk, "resubmit", self.world.clerks[unit])

    def raise_vetoes(self) -> None:
        ground = self.world.definition.veto_grounds[0]
        by = self.world.people[ground.owner]
        given = {"ground": ground.code, "basis": "仿真公函", "event_on": date(self.year, 2, 1).isoformat()}
        for case in self._at("clearance"):
            if self.play.chance(VETOED):
                self.play.act("declaration", case, "raise_veto", by, "经核实存在一票否决情形。", **given)

    def settle_vetoes(self) -> None:
        """Half of the vetoes are lifted, the others disqualify."""
        owner = self.world.people[self.world.definition.veto_grounds[0].owner]
        open_ = Veto.objects.filter(lifted_at__isnull=True).order_by("pk").values_list("case_id", flat=True)
        for case in Declaration.objects.filter(pk__in=list(open_)).exclude(stage__in=ENDED).order_by("pk"):
            if self.play.chance(0.5):
                self.play.act("declaration", case.pk, "lift_veto", owner, "情形已消除。")
            else:
                by = self.world.people["committee1"]
                self.play.act("declaration", case.pk, "disqualify", by, "一票否决情形成立。")

    # ---- rounds ----

    def table(self, key: str) -> None:
        """What waits there and is on no slate yet; late answers may hold the first half of a leg still."""
        tabled = set(SlateLine.objects.filter(open=True).values_list("case_id", flat=True))
        cases = [case for case in self._at(key) if case not in tabled]
        if cases:
            slates.table(self.edition, cases, by=self.world.people[FIRST], key=uuid.uuid4())

    def answer(self) -> None:
        self._answer(LATE)

    def answer_late(self) -> None:
        self._answer(0)

    def _answer(self, late: float) -> None:
        rounds = Round.objects.filter(slate__edition=self.edition, status=RoundStatus.OPEN).order_by("pk")
        tasks = RoundTask.objects.filter(process__in=rounds, flow_task_type="HUMAN", status=RoundStatus.OPEN)
        for task in tasks.select_related("process__slate").order_by("pk"):
            if self.play.chance(late):
                continue
            mode = task.process.mode
            by = self._asked(task)
            findings = self._marks(task, by.unit_code) if mode == "scoring" else []
            answers.decide_task(task.pk, verdict=VERDICTS[mode], findings=findings, by=by, key=uuid.uuid4())

    def _asked(self, task: Any) -> Any:
        if task.assignee_id is not None:
            return self.world.by_member[task.assignee_id]
        seat = (task.participant_role, task.participant_unit_id)
        return next(by for by in self.world.people.values() if (by.role, by.unit_id) == seat)

    def _marks(self, task: Any, code: str) -> list[dict[str, Any]]:
        own = [each for each in self.world.definition.standard.criteria if each.scorer == code]
        lines = task.process.slate.lines.filter(open=True).order_by("case_id")
        found = []
        for case, unit in lines.values_list("case_id", "case__unit_id"):
            share = self.play.share_of(unit)
            found += [
                {"case": case, "criterion": c.code, "points": self.play.points(c.points, share)} for c in own
            ]
        return found

    # ---- decision, notice, naming ----

    def confirm(self) -> None:
        self.play.act_on(self._at("confirmation"), "confirm", self.world.people["committee1"])

    def decide(self) -> None:
        """The best first, as far as the quota reaches; what falls short or is over the quota is passed over."""
        by = self.world.people["committee1"]
        left = self.play.act_on(self._at("decision"), "decide", by)
        self.play.act_on(left, "pass_over", by, "未达标或者名额已用完。")

    def publish(self) -> None:
        cases = self._at("notice")
        if not cases:
            return
        first, second = self.world.people[FIRST], self.world.people[SECOND]
        title, text = f"{self.year}年度公示", "现将拟命名单位予以公示。"
        notice: int = notices.draw_up(
            self.edition, cases, title=title, text=text, by=first, key=uuid.uuid4()
        )["notice"]
        self.play.act("notice", notice, "prepare", first)
        self.play.act("notice", notice, "release", second)

    def object(self) -> None:
        for notice in Notice.objects.filter(edition=self.edition).order_by("pk"):
            for case in notice.lines.order_by("position").values_list("declaration_id", flat=True):
                if self.play.chance(OBJECTED):
                    given = {
                        "kind": "person",
                        "name": "示例居民",
                        "contact": "13800000000",
                        "text": "情况不实。",
                    }
                    objections.lodge(notice.pk, {"declaration": case, **given})

    def _objections(self) -> Sequence[Objection]:
        rows = Objection.objects.filter(notice__edition=self.edition).order_by("pk")
        return list(rows.exclude(status=str(ObjectionStatus.REPLIED)))

    def investigate(self) -> None:
        office, investigator = self.world.people[FIRST], self.world.people["investigator"]
        for row in self._objections():
            self.play.act("objection", row.pk, "receive", office)
            self.play.act("objection", row.pk, "assign", office, investigator=investigator.member_id)
            self.play.act("objection", row.pk, "find", investigator, finding="经实地核查。")

    def conclude(self) -> None:
        """A sustained one disqualifies; everybody who objected is answered."""
        office, committee = self.world.people[FIRST], self.world.people["committee1"]
        for row in self._objections():
            true = self.play.chance(TRUE_OBJECTION)
            self.play.act("objection", row.pk, "sustain" if true else "dismiss", office, "核查结论。")
            self.play.act("objection", row.pk, "reply", office, reply="已核查，感谢监督。")
            if true:
                self.play.act("declaration", row.declaration_id, "disqualify", committee, "异议成立。")

    def confer(self) -> None:
        self.play.act_on(self._at("naming"), "confer", self.world.people[FIRST])


def _answer(criterion: Any) -> dict[str, Any]:
    figures = {measure.code: _figure(measure) for measure in criterion.measures if measure.asked}
    return {"points": str(criterion.points), "statement": "示例：材料齐全。", "figures": figures}


def _figure(measure: Measure) -> dict[str, str]:
    if measure.kind is FigureKind.RATIO:
        return {"numerator": "200", "denominator": "200"}
    return {"value": str((measure.needed or Decimal(1)) + 15)}
