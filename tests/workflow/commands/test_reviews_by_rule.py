"""Re-reviews that open before their day: a veto, a score in another programme, sustained objections."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.workflow.commands import objections
from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.programme_rules import ScoreMark
from services.workflow.models import Declaration, Honour, LedgerEntry, ReReview
from tests.workflow import cast
from tests.workflow.cast import VETO, District, take

GIVEN = {"unit": 1, "kind": "person", "name": "王五", "contact": "13800001234", "text": "情况不实"}


def title() -> Any:
    """The one title of the cast, whoever holds it."""
    return Honour.objects.get()


def under(d: District, unit: str, **supervision: Any) -> None:
    """The title belongs to this unit, and was earned under a programme with these rules of supervision."""
    rule = replace(cast.DEFINITION.supervision, **supervision)
    version = publish_version(replace(cast.DEFINITION, supervision=rule), by=SYSTEM, key=None)["version"]
    Honour.objects.filter(pk=title().pk).update(earned_under_id=version, unit_id=d.units[unit])


def review(d: District) -> tuple[str, str, str]:
    """(where the title stands, why its review opened, the note it opened with)."""
    found = ReReview.objects.filter(honour=title().pk).first()
    return (title().status, found.cause, found.note) if found else (title().status, "", "")


def sustain(d: District) -> None:
    """One objection against the first unit of the notice that runs, found to be true."""
    case: int = objections.lodge(d.notice, GIVEN)["objection"]
    take("objection", case, "receive", d.people["office"])
    investigator = d.people["investigator"]
    take("objection", case, "assign", d.people["office"], investigator=investigator.member_id)
    take("objection", case, "find", investigator, finding="属实")
    take("objection", case, "sustain", d.people["office"], reason="属实")


@pytest.mark.parametrize(
    ("most", "expected"), [(1, ("under_review", "objections", "1 >= 1")), (2, ("held", "", ""))]
)
def test_sustained_objections_open_a_review(d: District, most: int, expected: tuple[str, ...]) -> None:
    listed = Declaration.objects.get(notice_lines__notice=d.notice, notice_lines__position=1)
    codes = {number: code for code, number in d.units.items()}
    under(d, codes[listed.unit_id], review_objections=most)

    sustain(d)

    assert review(d) == expected


def test_objections_of_before_the_last_review_do_not_count(d: District) -> None:
    listed = Declaration.objects.get(notice_lines__notice=d.notice, notice_lines__position=1)
    codes = {number: code for code, number in d.units.items()}
    sustain(d)
    under(d, codes[listed.unit_id], review_objections=2)
    cast.set_clock(cast.NOW + dt.timedelta(hours=1))
    take("honour", title().pk, "open_rereview", d.people["office"])
    cast.set_clock(cast.NOW + dt.timedelta(hours=2))
    take("honour", title().pk, "warn", d.people["office"], reason="警告")

    sustain(d)

    assert (title().status, ReReview.objects.count()) == ("warned", 1)


@pytest.mark.parametrize(
    ("below", "expected"),
    [("100.01", ("under_review", "score", "sample: 100.00 < 100.01")), ("100", ("held", "", ""))],
)
def test_a_score_in_another_programme_opens_a_review(
    d: District, below: str, expected: tuple[str, ...]
) -> None:
    under(d, "decision", review_scores=(ScoreMark("sample", Decimal(below)),))

    take("declaration", d.cases["decision"], "decide", d.people["committee1"])

    assert review(d) == expected


def test_a_veto_opens_a_review_of_what_the_unit_holds(d: District) -> None:
    under(d, "preliminary")

    take("declaration", d.cases["preliminary"], "raise_veto", d.people["dep-police"], reason="函告", **VETO)

    assert review(d) == ("under_review", "veto", VETO["ground"])
    entry = LedgerEntry.objects.get(case_id=title().pk, step="open_rereview")
    assert (entry.actor_id, entry.reason.text) == (None, VETO["ground"])


def test_a_veto_on_a_ground_that_its_programme_does_not_know_leaves_a_title_alone(d: District) -> None:
    listed = replace(cast.DEFINITION, veto_grounds=cast.DEFINITION.veto_grounds[1:])
    version = publish_version(listed, by=SYSTEM, key=None)["version"]
    Honour.objects.filter(pk=title().pk).update(earned_under_id=version, unit_id=d.units["preliminary"])

    take("declaration", d.cases["preliminary"], "raise_veto", d.people["dep-police"], reason="函告", **VETO)

    assert review(d) == ("held", "", "")
