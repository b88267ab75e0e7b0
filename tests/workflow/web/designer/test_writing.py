"""One part a page: what is written in it is kept, at once and meanwhile, and nobody overwrites anybody."""

from typing import Any

from services.workflow.commands.drafts import begin_draft, save_draft
from services.workflow.domain.definition_codec import to_dict
from services.workflow.models import ProgrammeDraft
from tests.workflow.cast import DEFINITION
from tests.workflow.web.desk import Desk, hidden, summary, words


def begin(d: Any, **given: Any) -> int:
    draft: int = begin_draft(**given or {"name": "美丽社区创建"}, by=d.people["office"], key=None)["draft"]
    return draft


def kept(draft: int) -> dict[str, Any]:
    found: dict[str, Any] = ProgrammeDraft.objects.get(pk=draft).definition
    return found


def test_every_part_of_a_whole_programme_is_shown(d):
    draft = begin(d, values=to_dict(DEFINITION))
    places = "names admission route standard indicator.0 indicator.1 marks vetoes notice supervision tracks units facts"

    pages = [Desk("office").get(f"/programmes/drafts/{draft}/parts/{place}") for place in places.split()]

    assert {page.status_code for page in pages} == {200}
    assert 'value="街镇初评"' in pages[2].text and 'value="联系卡发放率"' in pages[4].text


def test_what_is_sent_is_kept_and_the_next_part_follows(d):
    draft = begin(d)
    path = f"/programmes/drafts/{draft}/parts/names"

    answer = Desk("office2").send(path, name="美丽社区", title="美丽社区", host="office@office", go="next")

    assert (answer.status_code, answer["Location"]) == (302, f"/programmes/drafts/{draft}/parts/admission")
    assert (kept(draft)["name"], kept(draft)["host"]) == ("美丽社区", {"role": "office", "unit": "office"})


def test_a_row_is_added_by_its_button_without_losing_what_was_typed(d):
    draft = begin(d)
    path = f"/programmes/drafts/{draft}/parts/route"
    sent = {"n:legs": "2", "legs.0.name": "社区自查申报", "legs.1.name": "命名", "do": "add:legs"}

    answer = Desk("office").send(path, **sent)

    assert answer["Location"] == f"{path}#f-legs-2"
    assert [(leg["key"], leg.get("name")) for leg in kept(draft)["legs"]] == [
        ("declare", "社区自查申报"), ("naming", "命名"), ("leg-3", None),
    ]  # fmt: skip


def test_it_saves_itself_and_tells_when(d):
    draft = begin(d)
    desk = Desk("office")
    page = desk.get(f"/programmes/drafts/{draft}/parts/names")

    answer = desk.post(
        f"/programmes/drafts/{draft}/parts/names/save", **hidden(page), name="新名", title="称号"
    )

    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert (kept(draft)["name"], kept(draft)["title"]) == ("新名", "称号")


def test_of_two_who_write_in_one_part_the_later_one_is_told_and_keeps_what_was_typed(d):
    draft = begin(d)
    path = f"/programmes/drafts/{draft}/parts/names"
    desk = Desk("office")
    fields = hidden(desk.get(path))
    save_draft(draft, {"title": "同事写的"}, revision=0, by=d.people["office2"])

    quiet = desk.post(f"{path}/save", **fields, title="我写的", name="美丽社区创建")
    loud = desk.post(path, **fields, title="我写的", name="美丽社区创建")

    assert (quiet.status_code, quiet.json()["code"], loud.status_code) == (409, "overtaken", 409)
    assert "office2" in words(loud) and 'value="我写的"' in loud.text
    assert kept(draft)["title"] == "同事写的"
    desk.post(path, **{**fields, **hidden_of(loud)}, title="我写的", name="美丽社区创建")
    assert kept(draft)["title"] == "我写的"


def hidden_of(page: Any) -> dict[str, str]:
    page.status_code = 200
    return hidden(page)


def test_faults_stand_at_their_fields_once_they_are_asked_for(d):
    values = {**to_dict(DEFINITION), "pass_mark": "九十"}
    draft = begin(d, values=values)
    path = f"/programmes/drafts/{draft}/parts/marks"

    quiet, asked = Desk("office").get(path), Desk("office").get(f"{path}?check=1")

    assert (summary(quiet), summary(asked)) == ([], ["此处应为数字。"])
    assert 'href="#f-pass_mark"' in asked.text and 'aria-describedby="f-pass_mark_error"' in asked.text


def test_a_draft_is_not_shown_to_another_body(d):
    draft = begin(d)
    path = f"/programmes/drafts/{draft}/parts/names"

    assert [Desk(who).get(path).status_code for who in ("songxi", "north-office", "committee1")] == [404] * 3


def test_a_part_that_is_none_is_not_found(d):
    draft = begin(d)

    assert Desk("office").get(f"/programmes/drafts/{draft}/parts/indicator.7").status_code == 404


def test_scores_of_other_programmes_that_open_a_rereview_are_written_row_by_row(d):
    draft = begin(d, values={**to_dict(DEFINITION), "code": "other", "name": "美丽社区创建"})
    path = f"/programmes/drafts/{draft}/parts/supervision"
    desk = Desk("office")
    drawn = desk.get(path)
    sent = {"n:supervision.review_scores": "1", "supervision.rereview_every_years": "2"}

    added = desk.send(path, do="add:supervision.review_scores")
    desk.send(
        path,
        **sent,
        **{
            "supervision.review_scores.0.programme": "sample",
            "supervision.review_scores.0.below": "79.5",
        },
    )
    filled = desk.get(path)

    assert 'value="add:supervision.review_scores"' in drawn.text
    assert added["Location"] == f"{path}#f-supervision-review_scores-0"
    assert kept(draft)["supervision"]["review_scores"] == [{"programme": "sample", "below": "79.5"}]
    assert f'<option value="sample" selected>{DEFINITION.name}</option>' in filled.text
    assert 'value="79.5"' in filled.text
