"""A unit chooses its category and reads what follows from it before it begins."""

import pytest

from services.workflow.models import Declaration, Edition
from tests.workflow import measured
from tests.workflow.web.desk import Desk, summary, words


@pytest.fixture
def address(d):
    return f"/editions/{measured.opened(d)}/begin"


def test_each_category_says_what_it_alone_asks(address):
    shown = words(Desk("idle").get(address))

    assert "老旧社区（3 条，其中专有：2.1 老旧社区服务站）" in shown
    assert "新建社区（3 条，其中专有：2.2 新建社区服务站）" in shown
    assert "自查申报（idle社区） → 街道自查（songxi社区）" in shown


def test_the_category_chosen_is_the_declarations_own(address):
    answer = Desk("idle").send(address, category="new")

    case = Declaration.objects.get(unit__code="idle")
    assert (answer["Location"], case.category) == (f"/declarations/{case.pk}", "new")


@pytest.mark.parametrize(("given", "told"), [({}, "请填写：申报类别"), ({"category": "middle"}, None)])
def test_without_a_category_nothing_begins(address, given, told):
    answer = Desk("idle").send(address, **given)

    assert (answer.status_code, len(summary(answer))) == (422, 1)
    assert told in (None, *summary(answer))
    assert not Declaration.objects.filter(unit__code="idle").exists()


def test_a_programme_without_categories_asks_for_none(d):
    page = Desk("idle").get(f"/editions/{d.edition}/begin")

    assert 'name="category"' not in page.text
    assert "开始申报" in page.text


def test_who_cannot_begin_is_told_before_trying(d, address):
    Edition.objects.update(closes_at="2026-01-02T00:00:00Z")

    page = Desk("idle").get(address)

    assert summary(page) and 'form="step"' not in page.text
    assert "存在以下问题" in words(page) and "需要改正" not in words(page)
