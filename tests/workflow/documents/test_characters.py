import pytest

from services.workflow.documents import characters
from services.workflow.domain.refused import Refused


@pytest.mark.parametrize("character", ["\ue000", "\x07", "\u202e", "\ud800", "\n"])
def test_a_character_that_cannot_be_seen_is_refused_by_its_number(character):
    with pytest.raises(Refused) as caught:
        characters.check({"rows": [{"unit": f"松风{character}社区"}]})

    assert caught.value.code == "document.character_missing"
    assert caught.value.params == {"character": "�", "codepoint": f"U+{ord(character):04X}"}


def test_ordinary_and_rare_characters_pass():
    characters.check({"unit": '松风社区 㙟𠮷 A*#"é〔2026〕', "rows": [("a", 1, None, True)]})


@pytest.mark.parametrize(
    ("quoted", "shown", "codepoint"), [("𠮷", "𠮷", "U+20BB7"), ("\\u{378}", "\u0378", "U+0378")]
)
def test_what_the_typesetter_could_not_display_is_named(quoted, shown, codepoint):
    message = f'PDF/A-2b error: the text `"{quoted}"` could not be displayed with font `"Noto Serif SC"`'

    refused = characters.not_displayed(message)

    assert refused is not None
    assert refused.params == {"character": shown, "codepoint": codepoint}


def test_another_complaint_of_the_typesetter_is_no_refusal():
    assert characters.not_displayed("unexpected end of block") is None
