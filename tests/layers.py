"""The four layers of tests, by folder and by what a test asks for."""

import os
from pathlib import Path

import pytest

from deploy.machine import find_chromium

UNIT_ONLY = "unit"
LAYERS = (UNIT_ONLY, "integration", "browser", "journeys")
FOLDERS = {"browser": "browser", "journeys": "journeys"}
NEEDS_SERVER = {"db", "transactional_db", "django_db_setup", "live_server", "cluster", "database_url"}
NEEDS_BROWSER = {"chromium"}
HERE = Path(__file__).parent
# Side by side these begin first: whoever takes one of them last would keep the others waiting.
LONGEST = (
    "journeys/test_by_clicks.py",
    "browser/test_designing.py",
    "journeys/test_faults.py",
    "browser/test_declaring.py",
    "journeys/test_whole_edition.py",
    "browser/test_public.py",
    "browser/test_rounds.py",
    "workflow/commands/test_races.py",
    "notify/test_live.py",
    "workflow/rounds/test_closing.py",
    "workflow/rounds/test_answering.py",
    "workflow/management/commands/test_work.py",
    "workflow/programmes/test_mutants.py",
)
NO_CHROMIUM = "未找到 Chromium, 跳过浏览器测试 / no Chromium found, browser tests are skipped"


def layer_of(item: pytest.Item) -> str:
    """A test's layer: what it is marked as, else its folder's, else by whether it needs the server."""
    marked = [name for name in LAYERS if item.get_closest_marker(name)]
    if marked:
        return marked[0]
    folder = item.path.relative_to(HERE).parts[0]
    if folder in FOLDERS:
        return FOLDERS[folder]
    asked = set(getattr(item, "fixturenames", ()))
    needs_server = asked & NEEDS_SERVER or item.get_closest_marker("django_db")
    return "integration" if needs_server else UNIT_ONLY


def put_in_layers(items: list[pytest.Item]) -> None:
    """Mark every test with its layer and run the quick layers first; side by side, the long files begin."""
    for item in items:
        item.add_marker(layer_of(item))
    items.sort(key=turn_side_by_side if "PYTEST_XDIST_WORKER" in os.environ else turn)
    skip_without_chromium(items)


def turn(item: pytest.Item) -> int:
    return LAYERS.index(layer_of(item))


def turn_side_by_side(item: pytest.Item) -> tuple[int, int]:
    file = item.path.relative_to(HERE).as_posix()
    return LONGEST.index(file) if file in LONGEST else len(LONGEST), -turn(item)


def skip_without_chromium(items: list[pytest.Item]) -> None:
    """Without a Chromium its tests are skipped, but never where CI counts on them."""
    if os.environ.get("CI") == "true" or find_chromium():
        return
    for item in items:
        if NEEDS_BROWSER & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
