"""Draws docs/images anew: a demo is brought to a state worth seeing, and its pages are taken at 1280 and 360 px."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Page

from deploy.machine import find_chromium
from tests.journeys import clicks
from tests.journeys import edition as e
from tests.journeys.clicks import Company, Person
from tests.journeys.product import running, wait_until

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
MOST_BYTES = 400_000
# The tallest picture, in CSS pixels: a long page is cut there, its bar of acts at the foot.
TALLEST = {1280: 1800, 360: 1560}
QUARTER = Decimal("0.25")
ON_THE_SLATE = ("guiyuan", "yuehu", "jingui", "shuxiang", "linjiang", "dukou")
FILED_BY_DEMO = ("yuehu", "jingui", "shuxiang")
Prepare = Callable[[Page], None]


def main() -> int:
    program = find_chromium()
    if program is None:
        print("no Chromium: no pictures / 未找到 Chromium, 无法截图", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as product,
        clicks.company(program, product, Path(folder)) as company,
    ):
        Album(company, e.Play(product.base, product.logins)).take_all()
    return 0


@dataclass
class Album:
    """The pictures in the order in which the demo comes to them."""

    company: Company
    play: e.Play

    def take_all(self) -> None:
        waiting = [declared(self.play, name, number) for number, name in enumerate(("songfeng", "tingquan"))]
        e.step(self.play, "songxi", "declaration", waiting[1], "return", reason="1.1 请补充党员登记台账。")
        cases = self.endorsed()
        self.scored(cases)
        self.voted(cases)
        self.published(cases)
        self.inbox(waiting[1])
        self.declaration()

    def endorsed(self) -> list[int]:
        """The demo's own declarations and one more, all at the desk of the office."""
        declared(self.play, "guiyuan", 2)
        for rank, case in enumerate(self.waiting_at("guihua"), start=1):
            e.step(self.play, "guihua", "declaration", case, "endorse", rank=rank)
        found = self.waiting_at("office")
        assert len(found) == len(ON_THE_SLATE)
        e.table(self.play, found)
        for username in e.CLEARING:
            e.decide_tasks(self.play, username, "no_objection", e.nothing)
        e.table(self.play, found)
        for username in ("leading-group", "office"):
            e.decide_tasks(self.play, username, "agree", e.nothing)
        e.steps(self.play, "committee1", "confirm", found)
        return found

    def waiting_at(self, username: str) -> list[int]:
        """The declarations of our edition in an inbox; the demo's other programmes go ways of their own."""
        edition = self.play.edition["id"]
        items = self.play.as_(username).everything("inbox")
        return [i["id"] for i in items if i["kind"] == "declaration" and i["edition_id"] == edition]

    def scored(self, cases: list[int]) -> None:
        e.table(self.play, cases)
        department = self.company.desk("dep-peace")
        department.takes(clicks.ON_A_SLATE)
        self.take("grid", department, half_filled)
        for username in e.SCORING:
            e.decide_tasks(self.play, username, "scored", varied_marks)

    def voted(self, cases: list[int]) -> None:
        e.table(self.play, cases)
        for username in e.COMMITTEE[1:]:
            e.decide_tasks(self.play, username, "for", e.nothing)
        member = self.company.desk("committee1")
        member.takes(clicks.ON_A_SLATE)
        self.take("vote", member, half_voted)
        e.decide_tasks(self.play, "committee1", "for", e.nothing)
        e.steps(self.play, "committee1", "decide", cases)

    def published(self, cases: list[int]) -> None:
        """The notice; after its last day the honours, and the resolution that conferred them."""
        notice = e.publish(self.play, cases)
        resident = self.company.resident()
        resident.press("公示", exact=True)
        resident.press("拟命名名单的公示")
        self.take("notice", resident)
        declared(self.play, "zhuli", 3)
        e.advance_clock(self.play, 15)
        office = self.play.as_("office")
        wait_until(lambda: office.get(f"notices/{notice}")["status"] == "closed", "the notice did not close")
        e.steps(self.play, "office", "confer", cases)
        resident.press("荣誉名册", exact=True)
        self.take("register", resident)
        resident.press("桂苑社区")
        self.take("honour", resident)
        resident.found(clicks.RESOLUTION).first.click()
        paper(str(resident.found("决定全文").evaluate("link => link.href")))

    def inbox(self, returned: int) -> None:
        """One late, one come back after correction, one under way."""
        e.step(self.play, "tingquan", "declaration", returned, "resubmit")
        town = self.company.desk("songxi")
        town.menu("待办")
        town.found("听泉社区・街镇初评", exact=True).wait_for()
        self.take("inbox", town)

    def declaration(self) -> None:
        """A declaration half filled in, one rate below what is needed."""
        standard = self.play.standard()
        case = self.play.as_("yunqi").everything("declarations")[0]["id"]
        answers = {c["code"]: answer(c, 1) for c in standard[:19]}
        for parts in answers["1.1"]["figures"].values():
            parts["numerator"] = "93.2"
        self.play.as_("yunqi").put(f"declarations/{case}/answers", {"answers": answers})
        clerk = self.company.desk("yunqi")
        clerk.takes("云栖社区・自我申报")
        self.take("declaration", clerk)

    def take(self, name: str, person: Person, prepare: Prepare = lambda page: None) -> None:
        for width, scale in ((1280, 1), (360, 2)):
            context = self.company.browser.new_context(
                locale="zh-CN",
                viewport={"width": width, "height": 780},
                device_scale_factor=scale,
                storage_state=person.page.context.storage_state(),
            )
            page = context.new_page()
            page.goto(person.page.url)
            page.wait_for_load_state("networkidle")
            prepare(page)
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": min(max(height, 780), TALLEST[width])})
            path = IMAGES / f"{name}-{width}.png"
            page.screenshot(path=path)
            context.close()
            size = path.stat().st_size
            print(f"{path.name}  {size // 1000} kB{'  TOO LARGE' if size > MOST_BYTES else ''}")


def declared(play: e.Play, username: str, number: int) -> int:
    """A community's declaration, filed, with points that differ from its neighbours'."""
    case = e.declare(play, username)
    answers = {c["code"]: answer(c, number) for c in play.standard()}
    play.as_(username).put(f"declarations/{case}/answers", {"answers": answers})
    e.step(play, username, "declaration", case, "submit")
    return case


def answer(criterion: Any, number: int) -> Any:
    return {**e.answer_to(criterion), "points": less(criterion, number)}


def less(criterion: Any, number: int) -> str:
    """The full points less some quarters, by no rule that anyone would see."""
    kind = sum(map(ord, criterion["code"])) * (number + 3)
    return str(Decimal(criterion["points"]) - QUARTER * (kind % 7 // 4))


def varied_marks(task: Any) -> list[Any]:
    return [
        {"case": line["case"], "criterion": criterion["code"], "points": less(criterion, number)}
        for number, line in enumerate(task["lines"])
        for criterion in task["criteria"]
    ]


def half_filled(page: Page) -> None:
    cells = page.get_by_role("table").get_by_role("textbox").all()
    for cell in cells[: len(cells) // 2]:
        cell.fill("2.75")


def half_voted(page: Page) -> None:
    for ballot in page.get_by_role("group").all()[:3]:
        ballot.get_by_text("赞成").click()


def paper(address: str) -> None:
    """The first page of the resolution, where this machine has a program to draw it."""
    program = shutil.which("pdftoppm")
    if program is None:
        return
    with tempfile.TemporaryDirectory() as folder, urlopen(address) as answered:
        source = Path(folder) / "paper.pdf"
        source.write_bytes(answered.read())
        target = IMAGES / "resolution"
        subprocess.run(
            [program, "-png", "-gray", "-r", "96", "-f", "1", "-l", "1", "-singlefile", source, target],
            check=True,
        )


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
