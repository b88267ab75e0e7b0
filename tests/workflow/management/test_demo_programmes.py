"""The demo's programmes: beside the admitted one, one waits and one was refused."""

from services.workflow.management.demo_programmes import WHY_REFUSED, propose_further
from services.workflow.models import LedgerText, Programme
from services.workflow.queries.inbox import waiting_for
from tests.workflow.cast import DEFINITION


def test_one_waits_for_the_leading_group_and_one_was_refused_with_its_reason(d):
    propose_further(DEFINITION)

    rows = dict(Programme.objects.order_by("pk").values_list("name", "status"))
    assert rows == {"示例社区创建": "admitted", "绿色社区创建": "proposed", "书香社区创建": "refused"}
    assert [item.programme for item in waiting_for(d.people["leading-group"]).items][-1] == "绿色社区创建"
    assert LedgerText.objects.get(entry__step="refuse").text == WHY_REFUSED
