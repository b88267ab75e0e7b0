import pytest

from services.workflow.documents import characters
from services.workflow.domain.refused import Refused


def refused(content):
    """Code and particulars of the refusal, None where there is none."""
    try:
        characters.check(content)
    except Refused as refusal:
        return refusal.code, refusal.params
    return None


@pytest.mark.parametrize("character", ["\ue000", "\x07", "\u202e", "\ud800", "\n"])
def test_a_character_that_cannot_be_seen_is_refused_by_its_number(character):
    assert refused({"rows": [{"unit": f"松风{character}社区"}]}) == (
        "document.character_missing",
        {"character": "�", "codepoint": f"U+{ord(character):04X}"},
    )


def test_ordinary_and_rare_characters_pass():
    assert refused({"unit": '松风社区 㙟𠮷 A*#"é〔2026〕', "rows": [("a", 1, None, True)]}) is None


@pytest.mark.parametrize(
    ("quoted", "shown", "codepoint"), [("𠮷", "𠮷", "U+20BB7"), ("\\u{378}", "\u0378", "U+0378")]
)
def test_what_the_typesetter_could_not_display_is_named(quoted, shown, codepoint):
    message = f'PDF/A-2b error: the text `"{quoted}"` could not be displayed with font `"Noto Serif SC"`'

    refusal = characters.not_displayed(message)

    assert refusal is not None
    assert refusal.params == {"character": shown, "codepoint": codepoint}


def test_another_complaint_of_the_typesetter_is_no_refusal():
    assert characters.not_displayed("unexpected end of block") is None
