"""Page before + events = page after: a page that would look different now was told so on a topic it follows.

A push says what changed and the page fetches what is, so the page after is right as soon as the push came. What may
never happen is a page that changed and heard nothing.
"""

import re
from collections.abc import Callable

import pytest

from services.workflow.commands.objections import lodge
from services.workflow.models import Rectification
from tests.workflow import cast, contract
from tests.workflow.cast import OBJECTION, District, take
from tests.workflow.web.desk import Desk, words

WATCHERS = ("preliminary", "held", "songxi", "office", "dep-police")
FOLLOWED = re.compile(r'<body[^>]* data-topics="([^"]*)"')
Act = Callable[[District], object]


def one(kind: str, case: str, step: str, who: str, **fields: object) -> Act:
    return lambda d: take(kind, d.cases[case], step, d.people[who], reason="说明", **fields)


def rereview(d: District) -> None:
    take("honour", d.honour.pk, "open_rereview", d.people["office"], reason="两年期满")


def rectify(d: District) -> None:
    rereview(d)
    take(
        "honour", d.honour.pk, "order_rectification", d.people["office"], reason="不达标", points_text="三条"
    )


def planned(d: District) -> None:
    rectify(d)
    case = Rectification.objects.get(honour=d.honour.pk).pk
    take("rectification", case, "plan", d.people["held"], plan="计划")


ACTS: dict[str, Act] = {
    "declaration.submit": one("declaration", "begun", "submit", "begun"),
    "declaration.withdraw": one("declaration", "preliminary", "withdraw", "preliminary"),
    "declaration.return": one("declaration", "preliminary", "return", "songxi"),
    "declaration.raise_veto": one("declaration", "clearance", "raise_veto", "dep-police", **cast.VETO),
    "round_task.opened": lambda d: cast.table(d, [d.cases["clearance"]]),
    "round_task.closed": one("declaration", "in_round", "withdraw", "in_round"),
    "notice.suspend": lambda d: take("notice", d.notice, "suspend", d.people["office"], reason="核查"),
    "objection.create": lambda d: lodge(d.notice, {**OBJECTION, "declaration": d.cases["listed"]}),
    "honour.open_rereview": rereview,
    "honour.order_rectification": rectify,
    "rectification.plan": planned,
}


def shown(d: District, case: int) -> dict[tuple[str, str], tuple[set[str], str]]:
    """What people see of their inbox and a case: the topics each page follows, and its words."""
    places = ("/", f"/cases/{case}")
    pages = {}
    for name in WATCHERS:
        desk = Desk(name)
        for place in places:
            page = desk.get(place)
            if page.status_code == 200:
                followed = FOLLOWED.search(page.text)
                pages[name, place] = (set(followed[1].split()) if followed else set(), words(page))
    return pages


def concerned(d: District, kind: str) -> int:
    """The case whose page is looked at beside the inboxes."""
    held: int = d.honour.pk
    keys = {"submit": "begun", "withdraw": "preliminary", "return": "preliminary", "raise_veto": "clearance"}
    found: dict[str, int] = {f"declaration.{step}": d.cases[key] for step, key in keys.items()}
    found |= {"round_task.opened": d.cases["clearance"], "round_task.closed": d.cases["in_round"]}
    found |= {"notice.suspend": d.notice, "objection.create": d.cases["listed"]}
    return found.get(kind, held)


@pytest.mark.parametrize("kind", ACTS)
def test_no_page_changes_without_being_told(d: District, kind: str) -> None:
    cast.complete(d, "begun")
    case = concerned(d, kind)
    before, number = shown(d, case), contract.last_event()

    ACTS[kind](d)

    frames = contract.frames_since(number)
    topics = {frame["topic"] for frame in frames}
    after = shown(d, case)
    changed = {page for page in before if page in after and before[page][1] != after[page][1]}
    assert kind in {frame["type"] for frame in frames}
    assert changed
    untold = {
        (name, "inbox" if place == "/" else "case")
        for name, place in changed
        if not before[name, place][0] & topics
    }
    assert untold == set()
