"""Every refusal has words in both languages, and they are whole."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import services.workflow
from services.workflow.domain.refused import Refused
from services.workflow.wording.refusals import (
    FIELDS,
    SENTENCES,
    TITLES,
    field_label,
    refusal_text,
    refusal_title,
)

WORKFLOW = Path(services.workflow.__file__).parent
HAN = re.compile(r"[\u4e00-\u9fff]")
PARTICULAR = re.compile(r"%\((\w+)\)s")


def raised() -> set[str]:
    """Every code that the source names in a refusal, in a condition's mark, or passes on as one."""
    return {
        code
        for file in WORKFLOW.rglob("*.py")
        for code in _codes(ast.parse(file.read_text(encoding="utf-8")))
    }


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        given = node.args[:1] if name in {"Refused", "refuses"} else []
        given += [keyword.value for keyword in node.keywords if keyword.arg == "refusal"]
        yield from (g.value for g in given if isinstance(g, ast.Constant) and isinstance(g.value, str))


def test_the_scan_sees_literal_codes_of_all_three_forms():
    tree = ast.parse(
        "raise Refused('a.b')\n@refuses('c.d')\ndef f(): ...\ntake(refusal='e.f')\nRefused(code)"
    )

    assert set(_codes(tree)) == {"a.b", "c.d", "e.f"}


def test_every_code_that_is_raised_has_its_words():
    assert raised() - SENTENCES.keys() == set()


def test_every_code_has_a_heading():
    assert {code.partition(".")[0] for code in SENTENCES} == TITLES.keys()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_whole_in_both_languages(code):
    with translation.override("zh-hans"):
        chinese, chinese_title = str(SENTENCES[code]), refusal_title(code)
    with translation.override("en"):
        english, english_title = str(SENTENCES[code]), refusal_title(code)

    assert HAN.search(chinese)
    assert HAN.search(chinese_title)
    assert not HAN.search(english + english_title)
    assert set(PARTICULAR.findall(chinese)) == set(PARTICULAR.findall(english))
    assert english.endswith((".", ")s"))
    assert chinese.endswith(("。", ")s", "簿"))


def test_particulars_are_said_in_words():
    refusal = Refused("step.out_of_order", step="return", place="naming")

    with translation.override("zh-hans"):
        assert refusal_text(refusal) == "当前处于“命名表彰”，不能办理“退回补正”。"


def test_a_reason_within_a_refusal_is_said_as_one():
    refusal = Refused("slate.case_not_ready", case=4, why="declaration.vetoed")

    with translation.override("en"):
        assert refusal_text(refusal).startswith(
            "Case 4 cannot be put on the slate: An open veto bars this case."
        )


def test_a_particular_that_is_missing_is_a_dash():
    with translation.override("en"):
        assert (
            refusal_text(Refused("reason.missing"))
            == "A reason is needed for “—”. Write it down, then send it again."
        )


def test_a_code_without_words_is_its_own_word():
    assert refusal_text(Refused("made.up")) == "made.up"


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_a_field_has_a_name_in_chinese(field):
    with translation.override("zh-hans"):
        assert HAN.search(field_label(field))


def test_a_part_of_a_figure_keeps_its_code():
    assert field_label("figures.cards.numerator") == "figures.cards.numerator"


def read_fields(tree: ast.AST) -> Iterator[str]:
    """Every field that a command reads out of what was given, or names in a refusal."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        read = node.args[1:2] if name in {"text", "day", "whole", "choice"} else []
        read += [keyword.value for keyword in node.keywords if name == "Refused" and keyword.arg == "field"]
        yield from (r.value for r in read if isinstance(r, ast.Constant) and isinstance(r.value, str))


def test_the_scan_sees_fields_that_are_read_and_refused():
    tree = ast.parse(
        "f.day(given, 'on')\nRefused('a.b', field='year')\nf.text(given, name)\npages.show(a, 'b')"
    )

    assert list(read_fields(tree)) == ["on", "year"]


# A form names them by its label (`to`: a colleague, a leg, a unit); the others only a program sends.
UNNAMED = {"to", "act", "deputy", "phrase", "relation", "number", "revision", "track"}


def test_every_field_that_people_fill_in_has_a_name():
    files = [*(WORKFLOW / "commands").rglob("*.py"), *(WORKFLOW / "web").glob("*.py")]
    read = {field for file in files for field in read_fields(ast.parse(file.read_text(encoding="utf-8")))}

    assert read - FIELDS.keys() - UNNAMED == set()
