"""A week of standing supervision: what lies with the office, the holders and the committee is worked off in part."""

import uuid
from datetime import date
from typing import Any

from services.workflow.commands.honours import score_rereview
from services.workflow.commands.incidents import report_incident
from services.workflow.domain.stages import HonourStatus, RectificationStatus
from services.workflow.management.simulation.acting import Play
from services.workflow.management.simulation.edition_year import FIRST, SECOND
from services.workflow.management.simulation.world import INCIDENT
from services.workflow.models import Honour, Rectification
from services.workflow.queries.successors import successors_of

REVIEWED, SCORED_LOW_WARNED, WARNING_SERVED, MENDED_AFTER_WARNING = 0.5, 0.5, 0.06, 0.02
PLANS, REPORTS, EXTENDED, INSPECTED, ACCEPTED = 0.4, 0.12, 0.02, 0.5, 0.65
PROPOSED, DECIDED, TAKEN_AWAY, PLAQUE_BACK = 0.5, 0.4, 0.8, 0.3
INCIDENTS, GIVEN_UP, MERGED = 0.0012, 0.0004, 0.01
ENDED = (HonourStatus.REVOKED, HonourStatus.LAPSED, HonourStatus.RELINQUISHED)


class HonourWeek:
    def __init__(self, play: Play) -> None:
        self.play, self.world = play, play.world
        self.office, self.other = play.world.people[FIRST], play.world.people[SECOND]

    def work(self) -> None:
        self.report_incidents()
        self.review()
        self.follow_warnings()
        self.mend()
        self.inspect()
        self.revoke()
        self.close()
        self.pass_on()

    def _standing(self, *statuses: HonourStatus) -> list[Any]:
        return list(Honour.objects.filter(status__in=[str(s) for s in statuses]).order_by("pk"))

    def _act(self, row: Any, step: str, by: Any, reason: str = "", **fields: Any) -> bool:
        return self.play.act(row.KIND, row.pk, step, by, reason, **fields)

    def report_incidents(self) -> None:
        given = {"kind": INCIDENT, "happened_on": self.play.today.isoformat(), "basis": "仿真通报"}
        for row in self._standing(HonourStatus.HELD, HonourStatus.WARNED):
            if self.play.chance(INCIDENTS):
                report_incident(row.unit_id, given, by=self.world.people["dep-police"], key=uuid.uuid4())

    def review(self) -> None:
        """Scored by the standard of today; what falls short is warned or has to be put right."""
        for row in self._standing(HonourStatus.UNDER_REVIEW):
            if not self.play.chance(REVIEWED):
                continue
            share = self.play.share_of(row.unit_id)
            criteria = self.world.definition.standard.criteria
            sheet = {each.code: self.play.points(each.points, share) for each in criteria}
            passed = score_rereview(row.pk, sheet, by=self.office, key=uuid.uuid4())["passed"]
            if passed and self._act(row, "retain", self.office):
                continue
            if passed or self.play.chance(SCORED_LOW_WARNED):
                self._act(row, "warn", self.office, "复评未达到保持称号的要求。")
            else:
                self._order(row)

    def _order(self, row: Any) -> None:
        points = "1.1 补齐台账\n公开居务"
        self._act(row, "order_rectification", self.office, "复评不达标，限期整改。", points_text=points)

    def follow_warnings(self) -> None:
        for row in self._standing(HonourStatus.WARNED):
            if self.play.chance(WARNING_SERVED):
                self._act(row, "retain", self.other, "警告期间工作已改进。")
            elif self.play.chance(MENDED_AFTER_WARNING):
                self._order(row)

    def mend(self) -> None:
        """Holders plan and report; some ask for more time, some let the deadline pass."""
        for row in Rectification.objects.filter(status=str(RectificationStatus.ORDERED)).order_by("pk"):
            if self.play.chance(PLANS):
                self._act(row, "plan", self.world.clerks[row.unit_id], plan="逐项整改，专人负责。")
        for row in Rectification.objects.filter(status=str(RectificationStatus.PLANNED)).order_by("pk"):
            if self.play.chance(REPORTS):
                self._act(row, "report", self.world.clerks[row.unit_id], report="已逐项整改。")
            elif self.play.chance(EXTENDED):
                self._act(row, "extend", self.office, "工程未完工。", working_days=10)

    def inspect(self) -> None:
        """By the colleague of whoever ordered it; what was not reported in time is turned down."""
        for row in Rectification.objects.filter(status=str(RectificationStatus.REPORTED)).order_by("pk"):
            if self.play.chance(INSPECTED):
                good = self.play.chance(ACCEPTED)
                self._act(row, "accept" if good else "reject", self.other, "已实地复查。")
        late = Rectification.objects.filter(
            status__in=[str(RectificationStatus.ORDERED), str(RectificationStatus.PLANNED)],
            deadline_on__lt=self.play.today,
        )
        for row in late.order_by("pk"):
            if self.play.chance(INSPECTED):
                self._act(row, "reject", self.other, "逾期未报送整改结果。")

    def revoke(self) -> None:
        for row in self._standing(HonourStatus.RECTIFYING):
            last = row.rectifications.order_by("-pk").first()
            if (
                last is not None
                and last.status == RectificationStatus.REJECTED
                and self.play.chance(PROPOSED)
            ):
                self._act(row, "propose_revocation", self.office, "整改后仍达不到标准。")
        for row in self._standing(HonourStatus.REVOCATION_PROPOSED):
            if self.play.chance(DECIDED):
                step = "revoke" if self.play.chance(TAKEN_AWAY) else "retain"
                self._act(row, step, self.world.people["committee1"], "经会议审议决定。")

    def close(self) -> None:
        """Some give a title up; the plaques of titles that have ended come back one by one."""
        for row in self._standing(HonourStatus.HELD, HonourStatus.WARNED):
            if self.play.chance(GIVEN_UP):
                self._act(row, "relinquish", self.world.clerks[row.unit_id], "自愿放弃称号。")
        for row in self._standing(*ENDED):
            if row.plaque_returned_on is None and self.play.chance(PLAQUE_BACK):
                on: date = self.play.today
                self._act(row, "return_plaque", self.office, on=on.isoformat(), returned_by="示例申报员")

    def pass_on(self) -> None:
        """Now and then two communities merge, and the committee says which one keeps the title."""
        held = self._standing(HonourStatus.HELD)
        if held and self.play.chance(MERGED):
            row = self.play.dice.choice(held)
            heirs = successors_of(row)
            if heirs:
                self._act(row, "pass_on", self.world.people["committee1"], "两社区合并。", to=heirs[0].pk)
