"""`manage.py simulate --years 6 --units 300 --seed 7`: years of a district, played in a database of its own."""

import sys
import time
import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from services.workflow.management.simulation.counting import Counted, count
from services.workflow.management.simulation.database import NotEmpty, of_its_own
from services.workflow.management.simulation.harm import HARMS, NothingToHarm, do_harm
from services.workflow.management.simulation.picture import picture
from services.workflow.management.simulation.report import Run, report
from services.workflow.management.simulation.running import FIRST_YEAR, Scenario, play

BAR = 28
YEARS_MOST, UNITS_MOST = 20, 5_000


def _version() -> str:
    """The product's, as its own project file says it."""
    told = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(told["project"]["version"])


class Command(BaseCommand):
    help = (
        "Play years of declarations, reviews, objections, incidents and re-reviews; report what came of them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--years", type=int, default=6)
        parser.add_argument("--units", type=int, default=300)
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--database", default="", help="its name; made, and dropped at the end")
        parser.add_argument("--keep", action="store_true", help="keep the database")
        parser.add_argument(
            "--out", default="", help="the file that the report is written to; its picture beside it"
        )
        parser.add_argument(
            "--break",
            dest="harm",
            metavar="KIND",
            nargs="?",
            const="entry",
            choices=HARMS,
            help=f"harm the database after the run, to see it told; one of {', '.join(HARMS)}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        scenario = Scenario(options["years"], options["units"], options["seed"])
        if not (1 <= scenario.years <= YEARS_MOST and 1 <= scenario.units <= UNITS_MOST):
            raise CommandError(f"1-{YEARS_MOST} years, 1-{UNITS_MOST} units. 年数或单位数超出范围。")
        used = str(connection.settings_dict["NAME"])
        name = options["database"] or f"{used}_simulation"
        if name == used:
            raise CommandError("Never in the database in use. 不得使用正在使用的数据库。")
        try:
            with of_its_own(name, keep=options["keep"]):
                run, counted = self._played(scenario, harm=options["harm"])
        except NotEmpty as refusal:
            raise CommandError(
                f"The database {name} is not empty. 数据库 {name} 不是空的，未作任何改动。"
            ) from refusal
        self._tell(run, counted, options["out"])
        if counted.violated:
            broken = sorted({one.code for one in counted.violated})
            self.stderr.write(f"违反 {len(broken)} 项 · {len(broken)} violated: {', '.join(broken)}")
            sys.exit(1)

    def _played(self, scenario: Scenario, *, harm: str | None) -> tuple[Run, Counted]:
        began = time.perf_counter()
        refused = play(scenario, self._shown).refused
        seconds = time.perf_counter() - began
        self.stderr.write("")
        if harm:
            self._harm(harm)
        counted = count(range(FIRST_YEAR, FIRST_YEAR + scenario.years))
        return Run(scenario, _version(), seconds, dict(refused)), counted

    def _harm(self, kind: str) -> None:
        try:
            case = do_harm(kind)
        except NothingToHarm as nothing:
            raise CommandError(
                f"Nothing to harm by “{kind}” in so small a run. 规模太小，没有可破坏的对象。"
            ) from nothing
        self.stderr.write(f"--break {kind}: {case}")

    def _shown(self, share: float, words: str) -> None:
        full = round(share * BAR)
        line = f"\r[{'#' * full}{'-' * (BAR - full)}] {share:4.0%} {words}　　　　"
        self.stderr.write(line, ending="")
        self.stderr.flush()

    def _tell(self, run: Run, counted: Counted, out: str) -> None:
        """On the screen, or in a file with the picture in the folder `images` beside it."""
        if not out:
            self.stdout.write(report(run, counted))
            return
        page = Path(out)
        drawing = page.parent / "images" / f"{page.stem}.svg"
        drawing.parent.mkdir(parents=True, exist_ok=True)
        title = f"{run.scenario.units} 个单位，{run.scenario.years} 年"
        drawing.write_text(picture(counted, title), encoding="utf-8")
        page.write_text(report(run, counted, picture=f"images/{drawing.name}"), encoding="utf-8")
        self.stdout.write(f"{page}，{drawing}")
