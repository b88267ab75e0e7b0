"""Where in a notice a number stands."""

from services.workflow.domain.notice_gate import Exposed, exposed_in_file, exposed_in_words, first_of

ID, MOBILE = "350102199001011238", "13812341234"


def test_every_find_says_where_it_stands() -> None:
    found = exposed_in_words({"title": "公示", "text": f"联系人{MOBILE}", "line:2": f"张三{ID}"})

    assert found == (
        Exposed("text", "mobile", "138****1234"),
        Exposed("line:2", "id_number", "35*************238"),
    )


def test_a_find_in_a_file_leads_on_within_it() -> None:
    kept = [{"part": "footnotes", "path": "word/footnotes.xml", "kind": "id_number", "masked": "35*"}]

    (found,) = exposed_in_file(2, kept)

    assert found == Exposed("file:2", "id_number", "35*", "word/footnotes.xml", "footnotes")
    assert first_of([found]) == {
        "where": "file:2", "part": "word/footnotes.xml", "what": "id_number", "masked": "35*", "count": 1,
    }  # fmt: skip
