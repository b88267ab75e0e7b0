"""Notices of what was decided, and those without the public, on their pages."""

from uuid import uuid4

from services.workflow.commands.honour_notices import announce_honours
from services.workflow.models import Notice
from tests.workflow import cast
from tests.workflow.cast import take
from tests.workflow.web.desk import Desk, words


def test_the_office_draws_up_a_notice_of_results(d):
    desk, page = Desk("office"), f"/editions/{d.edition}/notices/of-results"
    honour = d.honour

    shown = desk.get(page)
    answer = desk.send(
        page, case=[f"{honour.pk}:{honour.version}"], title="关于命名结果的公示", text="现予公示"
    )

    assert "held社区" in words(shown) and "拟定命名结果公示" in words(shown)
    assert answer.status_code == 302
    assert Notice.objects.latest("pk").subject == "results"
    assert "held社区" not in words(desk.get(page))


def test_nobody_ticked_is_named(d):
    answer = Desk("office").send(f"/editions/{d.edition}/notices/of-results", title="题", text="文")

    assert answer.status_code == 422


def test_other_subjects_are_not_there(d):
    assert Desk("office").get(f"/editions/{d.edition}/notices/of-everything").status_code == 404


def test_the_public_page_says_what_the_list_is_of(d):
    told = announce_honours(
        d.edition,
        [d.honour.pk],
        subject="results",
        title="公示",
        text="现予公示",
        by=d.people["office"],
        key=uuid4(),
    )
    take("notice", told["notice"], "prepare", d.people["office"])
    take("notice", told["notice"], "release", d.people["office2"])

    assert "命名单位（1个）" in words(Desk().get(f"/notices/{told['notice']}"))
    waits = words(Desk("office").get(f"/notices/{told['notice']}/edit"))
    assert ("截止日过后自动结束" in waits, "进入下一环节" in waits) == (True, False)


def test_what_runs_without_the_public_is_told_by_number_and_reason(d):
    notice = cast.draw_up(d, [d.cases["notice"]])
    take("notice", notice, "prepare", d.people["office"])
    Desk("office2").send(f"/notices/{notice}/edit/withhold", reason="涉及未成年人")

    listed = Desk().get("/notices")
    told = Desk().get("/api/v1/public/withheld-notices").json()["items"]

    row = Notice.objects.get(pk=notice)
    assert f"{row.number} office社区" in words(listed) and "涉及未成年人" in words(listed)
    assert "notice社区" not in listed.text
    assert [(one["number"], one["reason"]) for one in told] == [(row.number, "涉及未成年人")]
    assert "lines" not in told[0] and "title" not in told[0]
    refused = [
        Desk().get(path).status_code
        for path in (f"/notices/{notice}", f"/notices/{notice}.pdf", f"/api/v1/public/notices/{notice}")
    ]
    assert refused == [404, 404, 404]
    assert Desk("office").get(f"/notices/{notice}/edit").status_code == 200
