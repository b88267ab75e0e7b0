"""What keeps notices from the public, asked for many at once."""

from uuid import uuid4

import pytest

from services.workflow.commands.notice_files import attach
from services.workflow.models import Notice, NoticeLine
from services.workflow.queries.notice_gate import Gate, gates_of
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.scanning.files import scanned_pdf


def test_a_gate_looks_at_words_lines_and_files(d: District) -> None:
    draft = cast.draw_up(d, [d.cases["notice"]])
    NoticeLine.objects.filter(notice=draft).update(unit_name="张三350102199001011238")
    attach(draft, name="扫描件.pdf", content=scanned_pdf(), by=d.people["office"], key=uuid4())

    gate = gates_of([Notice.objects.get(pk=draft)])[draft]

    assert [(one.where, one.masked) for one in gate.exposed] == [("line:1", "35*************238")]
    assert gate.unread == ("扫描件.pdf",)


def test_what_is_out_is_not_looked_through(
    d: District, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    published = Notice.objects.get(pk=d.notice)

    with django_assert_num_queries(0):  # type: ignore[operator]
        assert gates_of([published]) == {d.notice: Gate()}
