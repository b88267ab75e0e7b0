"""A person as subject is never public beyond name and office: a canary in every private field, looked for everywhere.

The pages, the open data, the papers and the push that anybody may read are asked from the first notice to the title.
"""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from services.workflow.commands import declare, slates
from services.workflow.commands.measuring import measure
from services.workflow.models import (
    Answer,
    Declaration,
    DocumentFile,
    Evidence,
    Honour,
    Member,
    Notice,
    Office,
    Score,
    Unit,
)
from tests.workflow.cast import PDF, District, answer_round, take
from tests.workflow.commands import test_measuring as person
from tests.workflow.documents.reading import opened
from tests.workflow.web.desk import Desk

CANARY = "KANARIENVOGEL"
edition = person.edition


@pytest.fixture
def named(d: District, edition: int) -> int:
    """The person's title, with the canary in all that was written about them on the way."""
    Unit.objects.filter(code="zhang").update(code=CANARY.lower(), pinyin=CANARY)
    Member.objects.filter(username="zhang").update(username=CANARY, name=CANARY)
    Office.objects.filter(unit__name="张三").update(name=CANARY)
    case = person.filed(d, edition)
    declare_more(d, case)
    take("declaration", case, "endorse", d.people["idle"], reason=CANARY)
    take("declaration", case, "endorse", d.people["songxi"], reason=CANARY)
    person.shown(d, edition, case, "songxi", "songxi2")
    answer_round(d, slates.table(edition, [case], by=d.people["office"], key=uuid4())["round"])
    slates.table(edition, [case], by=d.people["office"], key=uuid4())
    said = {"numerator": "92", "denominator": "100", "source": CANARY}
    measure(case, "1.1", "visited", said, by=d.people["dep-civil"], key=None)
    person.scored(d, case)
    Score.objects.filter(case_id=case).update(note=CANARY)
    answer_round(d, slates.table(edition, [case], by=d.people["office"], key=uuid4())["round"])
    take("declaration", case, "decide", d.people["committee1"], reason=CANARY)
    person.shown(d, edition, case, "office", "office2")
    take("declaration", case, "confer", d.people["office"], reason=CANARY)
    return Honour.objects.get(declaration=case).pk


def declare_more(d: District, case: int) -> None:
    """Sent back once with points, written in again, filed again."""
    points = [{"part": "2.1", "note": CANARY}]
    take("declaration", case, "return", d.people["idle"], reason=CANARY, corrections=points)
    declare.save_answers(case, {"2.1": {"statement": CANARY}}, by=d.people["zhang"])
    declare.add_evidence(case, "2.1", name=f"{CANARY}.pdf", content=PDF, by=d.people["zhang"])
    take("declaration", case, "resubmit", d.people["zhang"], reason=CANARY)
    Answer.objects.filter(declaration=case).update(statement=CANARY)
    Evidence.objects.filter(declaration=case).update(name=CANARY)


def addresses(honour: Honour) -> list[str]:
    """Everything that needs no log-in and may speak of this person."""
    notices = Notice.objects.filter(lines__declaration=honour.declaration_id).order_by("pk")
    papers = DocumentFile.objects.filter(pk=honour.resolution_id or 0)
    found = ["/notices", "/register", "/register/data", "/register.csv", "/register.json", "/register.atom"]
    found += [f"/register/{honour.number}", f"/register/{honour.number}.json", "/register?q=张三"]
    found += ["/api/v1/public/notices", "/api/v1/public/honours", f"/api/v1/public/honours/{honour.number}"]
    for notice in notices:
        found += [f"/notices/{notice.pk}", f"/notices/{notice.pk}.pdf", f"/notices/{notice.pk}/standing"]
        found += [f"/api/v1/public/notices/{notice.pk}"]
    return [*found, *(f"/documents/{paper.pk}" for paper in papers)]


def text_of(path: str) -> str:
    answer = Desk().get(path)
    assert answer.status_code == 200, path
    if answer["Content-Type"] == "application/pdf":
        pages = opened(b"".join(answer.streaming_content) if answer.streaming else answer.content).pages
        return "".join("".join(page.extract_text().split()) for page in pages)
    told: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return told.decode()


def test_nothing_private_of_a_person_is_public(d: District, named: int) -> None:
    honour = Honour.objects.get(pk=named)

    told = {path: text_of(path) for path in addresses(honour)}

    assert [path for path, text in told.items() if CANARY.lower() in text.lower()] == []
    # Name and office are: else nothing above was asked of a page that speaks of them.
    assert "张三" in told["/register.csv"] and "张三" in told[f"/api/v1/public/honours/{honour.number}"]
    assert sum("张三" in text for text in told.values()) >= 10


def test_the_push_that_anybody_hears_says_nothing_of_a_person(d: District, named: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(public::text, '') FROM feed WHERE public IS NOT NULL")
        told = "".join(text for (text,) in cursor.fetchall())

    assert told != ""
    assert CANARY not in told and "张三" not in told


def test_the_canary_is_where_it_was_put(d: District, named: int) -> None:
    """Those who work on the case do read it: the test above looks for something that is there."""
    case: Any = Declaration.objects.get(pk=Honour.objects.get(pk=named).declaration_id)

    assert case.unit.code == CANARY.lower()
    assert set(Answer.objects.filter(declaration=case).values_list("statement", flat=True)) == {CANARY}
    assert CANARY in text_with_log_in("office", f"/api/v1/declarations/{case.pk}")


def text_with_log_in(who: str, path: str) -> str:
    told: bytes = Desk(who).get(path).content
    return told.decode()
