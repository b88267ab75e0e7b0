"""What anybody may read."""

import pytest

from services.workflow.models import Unit
from services.workflow.queries.register import public_notices, register
from tests.workflow import cast


def test_only_what_was_let_out_is_public(d):
    drafted = cast.draw_up(d, [d.cases["notice"]])

    found = set(public_notices().values_list("pk", flat=True))

    assert d.notice in found
    assert drafted not in found


def test_notices_can_be_narrowed_to_those_running(d):
    assert [notice.pk for notice in public_notices(status="released")] == [d.notice]


@pytest.mark.parametrize("q", ["held", "held社区", "heldshequ", "HELD SHEQU", "示例社区"])
def test_an_honour_is_found_by_name_pinyin_or_title(d, q):
    Unit.objects.filter(code="held").update(pinyin="heldshequ")

    assert [honour.pk for honour in register(q=q)] == [d.honour.pk]


def test_an_honour_is_found_by_its_number_whole(d):
    number = d.honour.number

    assert [honour.pk for honour in register(q=number.lower())] == [d.honour.pk]
    assert list(register(q=number[:-1])) == []


@pytest.mark.parametrize(("status", "count"), [("held", 1), ("revoked", 0), ("", 1)])
def test_the_register_can_be_narrowed_by_status(d, status, count):
    assert register(status=status).count() == count


def test_signs_of_a_pattern_are_only_signs(d):
    assert list(register(q="%")) == list(register(q="_")) == []
