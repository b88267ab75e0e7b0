"""How a page is looked at: by axe, and whether it fits the width of its window."""

from pathlib import Path
from typing import Any

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# What axe would load beforehand is for rules that are off: a third of its time.
RUN = "axe.run(document, {resultTypes: ['violations'], preload: false})"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Any) -> list[tuple[str, list[str]]]:
    """What axe finds on the page that is shown: (rule, the elements)."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found = page.evaluate(RUN)["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


def too_wide_px(page: Any) -> int:
    """By how much the page is wider than its window."""
    return int(page.evaluate(TOO_WIDE))
