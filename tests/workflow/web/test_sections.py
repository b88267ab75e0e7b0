"""One criterion a page: saving, autosaving, evidence."""

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services.workflow.commands import declare
from services.workflow.models import Answer, Evidence
from tests.workflow import cast
from tests.workflow.web.desk import Desk, hidden, summary, words

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def page(d, code, rest=""):
    return f"/declarations/{d.cases['begun']}/criteria/{code}{rest}"


def answer_to(d, code):
    return Answer.objects.filter(declaration=d.cases["begun"], criterion=code).first()


def test_saving_keeps_everything_and_goes_on_to_the_next(d):
    sent = {"points": "40", "statement": "齐全", "f-cards-numerator": "95", "f-cards-denominator": "100"}

    answer = Desk("begun").send(page(d, "1.1"), **sent)

    kept = answer_to(d, "1.1")
    assert answer["Location"] == page(d, "1.2")
    assert (str(kept.points), kept.statement, kept.figures) == (
        "40.00",
        "齐全",
        {"cards": {"numerator": "95", "denominator": "100"}},
    )


def test_after_the_last_criterion_comes_the_list(d):
    answer = Desk("begun").send(page(d, "2.2"), points="10")

    assert answer["Location"] == f"/declarations/{d.cases['begun']}"


def test_a_tick_says_that_a_criterion_does_not_apply(d):
    Desk("begun").send(page(d, "2.1"), not_applicable="on", statement="无绿地")

    assert (answer_to(d, "2.1").not_applicable, answer_to(d, "2.1").points) == (True, None)


@pytest.mark.parametrize(("points", "code"), [("41", "40"), ("四十", "四十"), ("1.234", "2")])
def test_wrong_points_stay_typed_and_are_said_at_the_field(d, points, code):
    answer = Desk("begun").send(page(d, "1.1"), points=points, statement="还在")

    assert (answer.status_code, len(summary(answer)), answer_to(d, "1.1")) == (422, 1, None)
    assert f'value="{points}"' in answer.text and "还在" in answer.text and 'href="#id_points"' in answer.text


def test_a_figure_that_is_no_number_is_said_at_its_own_field(d):
    answer = Desk("begun").send(page(d, "1.1"), **{"f-cards-numerator": "many"})

    assert (answer.status_code, 'href="#id_f-cards-numerator"' in answer.text) == (422, True)


def test_a_newer_answer_is_shown_beside_what_was_typed(d):
    desk = Desk("begun")
    seen = hidden(desk.get(page(d, "1.1")))
    declare.save_answers(
        d.cases["begun"], {"1.1": {"points": "30", "statement": "同事所写"}}, by=d.people["begun2"]
    )

    answer = desk.post(page(d, "1.1"), **seen, points="39", statement="我所写")

    assert (answer.status_code, str(answer_to(d, "1.1").points)) == (409, "30.00")
    shown = words(answer)
    assert "begun2" in shown and "同事所写" in shown and "我所写" in shown and 'value="39"' in answer.text


def test_saving_while_typing_answers_the_time_and_the_new_version(d):
    saved = Desk("begun").post(page(d, "1.1", "/save"), version="0", points="12", statement="")

    assert (saved.status_code, saved.json()) == (200, {"version": 1, "saved_at": "09:00:00"})


def test_saving_while_typing_says_what_is_wrong_in_words(d):
    saved = Desk("begun").post(page(d, "1.1", "/save"), version="0", points="99")

    told = saved.json()
    assert (saved.status_code, told["code"], told["field"]) == (422, "score.above_maximum", "points")
    assert "40" in told["words"]


def test_saving_a_stale_version_is_a_conflict(d):
    declare.save_answers(d.cases["begun"], {"1.1": {"points": "30"}}, by=d.people["begun2"])

    assert Desk("begun").post(page(d, "1.1", "/save"), version="0", points="1").status_code == 409


@pytest.mark.parametrize("who", ["draft", "songxi", "office"])
def test_others_neither_read_nor_write(d, who):
    desk = Desk(who)

    codes = [
        desk.get(page(d, "1.1")).status_code,
        desk.post(page(d, "1.1", "/save"), version="0").status_code,
    ]

    assert (codes, answer_to(d, "1.1")) == ([404, 404], None)


def test_a_filed_declaration_can_be_read_not_written(d):
    shown = Desk("preliminary").get(f"/declarations/{d.cases['preliminary']}/criteria/1.1")

    assert (shown.status_code, "data-autosave" in shown.text, 'type="file"' in shown.text) == (
        200,
        False,
        False,
    )


def upload(d, desk, name, content, code="1.2"):
    return desk.post(page(d, code, "/files"), files=SimpleUploadedFile(name, content))


def test_evidence_is_added_shown_and_taken_off(d):
    desk = Desk("begun")
    added = upload(d, desk, "制度.png", PNG)
    file = Evidence.objects.get(declaration=d.cases["begun"])
    listed = desk.get(page(d, "1.2")).text
    shown = desk.get(f"/evidence/{file.pk}")
    removed = desk.post(f"/evidence/{file.pk}/remove")

    assert (added["Location"], "制度.png" in listed, file.sha256[:12] in listed) == (
        page(d, "1.2"),
        True,
        True,
    )
    assert (shown.content, shown["Content-Type"], shown["X-Content-Type-Options"]) == (
        PNG,
        "image/png",
        "nosniff",
    )
    assert (removed["Location"], desk.get(f"/evidence/{file.pk}").status_code) == (page(d, "1.2"), 404)


def test_a_paper_is_downloaded_not_shown(d):
    desk = Desk("begun")
    upload(d, desk, "a.pdf", cast.PDF)
    file = Evidence.objects.get(declaration=d.cases["begun"])

    assert desk.get(f"/evidence/{file.pk}")["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "content"), [("run.exe", b"MZ" + b"\0" * 60), ("a.pdf", PNG), ("empty.pdf", b"")]
)
def test_a_forbidden_file_is_refused_with_words_for_page_and_script(d, name, content):
    answer = upload(d, Desk("begun"), name, content)

    assert (answer.status_code, [unquote(answer["X-Refused-Words"])]) == (422, summary(answer))
    assert not Evidence.objects.filter(declaration=d.cases["begun"]).exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("preliminary", 200), ("songxi", 200), ("office", 200), ("guihua", 404), ("north-office", 404)],
)
def test_a_file_is_for_those_who_may_see_its_declaration(d, who, status):
    file = Evidence.objects.get(declaration=d.cases["preliminary"])

    assert Desk(who).get(f"/evidence/{file.pk}").status_code == status


def test_nobody_takes_off_a_file_of_others(d):
    file = Evidence.objects.get(declaration=d.cases["preliminary"])

    codes = [
        Desk(who).post(f"/evidence/{file.pk}/remove").status_code
        for who in ("songxi", "guihua", "preliminary")
    ]

    file.refresh_from_db()
    assert (codes, file.removed_at) == ([404, 404, 422], None)
