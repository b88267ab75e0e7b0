"""Deputies, phrases, views and the register of relations on their pages."""

from typing import Any

import pytest

from services.workflow.commands.steps import take_steps
from services.workflow.models import Deputy, Phrase, Relation, SavedView
from tests.workflow.cast import District
from tests.workflow.web.desk import Desk, summary, words

PAGE = "/account/arrangements"
DAYS = {"begins": "2026-03-02", "ends": "2026-03-06"}


def appoint(d: District, who: str, to: str, **days: str) -> Any:
    fields = {"act": "appoint", "to": str(d.people[to].person), "reason": "出差", **DAYS, **days}
    return Desk(who).send(PAGE, **fields)


def test_the_deputy_chooses_the_others_office_and_every_page_says_so(d: District) -> None:
    appoint(d, "songxi", "songxi2")
    desk = Desk("songxi2")

    offers = words(desk.get("/account"))
    desk.post("/account", office=str(d.people["songxi"].office))
    bar = desk.get("/").text
    desk.send(f"/cases/{d.cases['preliminary']}/endorse", reason="同意", rank="")

    assert "代songxi" in offers and "songxi2 代songxi" in bar
    assert "songxi2（代songxi）" in words(Desk("office").get(f"/cases/{d.cases['preliminary']}"))


def test_a_wrong_period_is_refused_with_what_was_typed(d: District) -> None:
    page = appoint(d, "songxi", "songxi2", begins="2026-03-06", ends="2026-03-02")

    assert page.status_code == 422
    assert summary(page) == ["委托从今天或以后开始，最长90天。"]
    assert not Deputy.objects.exists()


def test_a_deputy_without_a_reason_is_said_at_the_reason(d: District) -> None:
    page = appoint(d, "songxi", "songxi2", reason=" ")

    assert 'href="#reason">' in page.text
    assert f'<option value="{d.people["songxi2"].person}" selected>' in page.text


def test_a_deputyship_is_revoked(d: District) -> None:
    appoint(d, "songxi", "songxi2")
    number = str(Deputy.objects.get().pk)

    refused = Desk("songxi2").send(PAGE, act="revoke", deputy=number)
    Desk("songxi").send(PAGE, act="revoke", deputy=number)

    assert refused.status_code == 404
    assert "已撤销" in words(Desk("songxi").get(PAGE))


def test_a_phrase_is_offered_in_its_owners_forms_alone(d: District) -> None:
    Desk("songxi").send(PAGE, act="keep", text="材料齐全，同意上报。")
    form = f"/cases/{d.cases['preliminary']}/endorse"

    own, other = Desk("songxi").get(form).text, Desk("songxi2").get(form).text
    Desk("songxi").send(PAGE, act="drop", phrase=str(Phrase.objects.get().pk))

    assert 'data-insert="id_reason">材料齐全，同意上报。<' in own and "材料齐全，同意上报" not in other
    assert not Phrase.objects.exists()


def test_a_view_keeps_what_the_inbox_is_narrowed_to(d: District) -> None:
    desk = Desk("office")
    query = f"edition={d.edition}&due=late"

    saved = desk.post("/inbox/views", name="超期", query=query, key="00000000-0000-4000-8000-000000000001")
    again = desk.post("/inbox/views", name="超期", query="", key="00000000-0000-4000-8000-000000000002")
    shown = desk.get(f"/?{query}").text

    assert (saved["Location"], again.status_code) == (f"/?{query}", 409)
    assert f'href="/?{query.replace("&", "&amp;")}" aria-current="true">超期<' in shown
    gone = f"/inbox/views/{SavedView.objects.get().pk}/delete"
    desk.post(gone, key="00000000-0000-4000-8000-000000000003")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("of", ["preliminary社区", "preliminary社区 preliminary"])
def test_a_relation_is_declared_by_name_and_bars_the_page_of_the_act(d: District, of: str) -> None:
    desk = Desk("songxi")

    desk.send("/account/relations", act="declare", of=of, nature="kin", note="配偶")
    barred = desk.get(f"/cases/{d.cases['preliminary']}/endorse")

    assert (barred.status_code, "您登记过与该单位的利害关系" in words(barred)) == (403, True)
    assert "亲属" in words(desk.get("/account/relations"))
    desk.send("/account/relations", act="end", relation=str(Relation.objects.get().pk))
    assert desk.get(f"/cases/{d.cases['preliminary']}/endorse").status_code == 200


def test_who_or_what_cannot_be_found_is_said_at_the_field(d: District) -> None:
    page = Desk("songxi").send("/account/relations", act="declare", of="没有这个单位", nature="kin", note="")

    assert (page.status_code, summary(page)) == (422, ["请填写有利害关系的单位或人员，二者择一。"])


def test_the_audit_administrator_reads_what_was_refused_and_nobody_else(d: District) -> None:
    Desk("songxi").send("/account/relations", act="declare", of="preliminary社区", nature="kin", note="")
    rows = [{"case": d.cases["preliminary"]}]
    take_steps("declaration", "endorse", rows, by=d.people["songxi"], key=None)

    page = words(Desk("audit-admin").get("/administration/refused"))

    assert "songxi" in page and "利害关系" in page
    assert Desk("security-admin").get("/administration/refused").status_code == 403
