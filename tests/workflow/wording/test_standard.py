"""Every choice of a standard and every column of its workbook has a word."""

from django.utils.translation import override

from services.workflow.documents.spreadsheets import COLUMNS
from services.workflow.domain.standard import Bound, FigureKind, Method, RuleKind
from services.workflow.wording import standard as words

TABLES = (
    (words.RULES, list(RuleKind)),
    (words.METHODS, list(Method)),
    (words.FIGURES, list(FigureKind)),
    (words.BOUNDS, list(Bound)),
    (words.COLUMNS, list(COLUMNS)),
)


def test_every_choice_and_column_is_worded() -> None:
    for table, choices in TABLES:
        assert list(table) == choices


def test_no_word_is_left_in_english() -> None:
    labels = [label for table, _ in TABLES for label in table.values()]

    with override("en"):
        english = list(map(str, labels))
    with override("zh-hans"):
        chinese = list(map(str, labels))

    assert [word for word, label in zip(english, chinese, strict=True) if word == label] == []
