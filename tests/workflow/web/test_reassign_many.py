"""Several cases handed to a colleague at once."""

from typing import Any
from uuid import uuid4

import pytest

from services.workflow.models import Declaration, SideAct
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.web.desk import Desk, summary, words

PAGE = "/inbox/reassign"


@pytest.fixture
def ticks(d: District) -> list[str]:
    """Two that wait for the town, and one that does not."""
    cases = [d.cases["preliminary"], cast.file(d, "idle"), d.cases["decision"]]
    return [f"{case}:{Declaration.objects.get(pk=case).version}" for case in cases]


def send(who: str, ticks: list[str], **given: Any) -> Any:
    return Desk(who).post(PAGE, case=ticks, key=str(uuid4()), **given)


def test_first_it_is_asked_to_whom_and_why(d: District, ticks: list[str]) -> None:
    page = send("songxi", ticks)

    assert page.status_code == 200 and "songxi2" in words(page) and not SideAct.objects.exists()


def test_each_row_says_what_became_of_it(d: District, ticks: list[str]) -> None:
    to = d.people["songxi2"].person

    page = send("songxi", ticks, confirmed="1", to=str(to), reason="休假")

    handed = Declaration.objects.filter(assignee=to).values_list("pk", flat=True)
    assert set(handed) == {int(tick.partition(":")[0]) for tick in ticks[:2]}
    assert words(page).count("已转由同事办理") == 2
    assert set(SideAct.objects.values_list("kind", "text")) == {("reassign", "休假")}


def test_without_a_colleague_and_a_reason_nothing_is_handed_on(d: District, ticks: list[str]) -> None:
    page = send("songxi", ticks, confirmed="1", to="", reason="")

    assert (page.status_code, len(summary(page)), SideAct.objects.count()) == (422, 2, 0)


def test_nothing_ticked_leads_back_to_the_inbox(d: District) -> None:
    assert send("songxi", []).headers["Location"] == "/"
