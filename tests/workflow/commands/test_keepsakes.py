from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands import keepsakes
from services.workflow.models import Phrase, SavedView
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal


def keep(d: District, who: str, what: str, *words: str) -> Any:
    return getattr(keepsakes, what)(*words, by=d.people[who], key=uuid4())


def test_a_view_and_a_phrase_are_their_owners(d: District) -> None:
    view = keep(d, "songxi", "save_view", "超期", "due=late")["view"]
    phrase = keep(d, "songxi", "keep_phrase", "材料齐全，同意上报。")["phrase"]

    assert list(SavedView.objects.values_list("member__name", "name", "query")) == [
        ("songxi", "超期", "due=late")
    ]
    others = [
        refusal(keep, d, "songxi2", "delete_view", view),
        refusal(keep, d, "songxi2", "drop_phrase", phrase),
    ]
    assert others == ["view.not_found", "phrase.not_found"]
    keep(d, "songxi", "delete_view", view)
    keep(d, "songxi", "drop_phrase", phrase)
    assert not SavedView.objects.exists() and not Phrase.objects.exists()


@pytest.mark.parametrize(
    ("what", "words", "code"),
    [("save_view", ("超期", ""), "view.name_taken"), ("keep_phrase", ("同意",), "phrase.exists")],
)
def test_nothing_is_kept_twice_by_one_and_freely_by_another(
    d: District, what: str, words: Any, code: str
) -> None:
    keep(d, "songxi", what, *words)

    assert refusal(keep, d, "songxi", what, *words) == code
    keep(d, "songxi2", what, *words)


@pytest.mark.parametrize(
    ("what", "most", "code"),
    [
        ("save_view", keepsakes.VIEWS_MOST, "view.too_many"),
        ("keep_phrase", keepsakes.PHRASES_MOST, "phrase.too_many"),
    ],
)
def test_there_is_an_end_to_them(d: District, what: str, most: int, code: str) -> None:
    rest = ("",) if what == "save_view" else ()
    for number in range(most):
        keep(d, "songxi", what, str(number), *rest)

    assert refusal(keep, d, "songxi", what, "more", *rest) == code


@pytest.mark.parametrize(
    ("what", "words", "code"),
    [("save_view", ("", "x"), "field.missing"), ("save_view", ("名" * 31, "x"), "field.too_long"),
     ("save_view", ("名", "x" * 401), "field.too_long"), ("keep_phrase", ("话" * 201,), "field.too_long")],
)  # fmt: skip
def test_what_is_kept_has_a_name_and_a_size(d: District, what: str, words: Any, code: str) -> None:
    assert refusal(keep, d, "songxi", what, *words) == code
