"""Lines of keys, on a text with every form that TOML has."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.toml_lines import line_of, lines_of

TEXT = '''\
# a comment with [brackets] = and "quotes"
name = "a # no comment"
"quoted key" = 1
a.b.c = 2
text = """
x = 1
[no.table]
\\""" still text""""
raw = \'\'\'
[[nor.this]]\'\'\'

[table]   # comment
key = [ 1, 2,
  # between
  { x = 1, y = [ 3,
    4 ] },
]
[table.inner]
empty = ""

[[list]]
name = 'first'
[list.part]
deep = true
[[list.inner]]
n = 1
[[list.inner]]
n = 2
[[list]]
name = 'second'
[[list.inner]]
n = 3
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 2),
        (("quoted key",), 3),
        (("a", "b", "c"), 4),
        (("text",), 5),
        (("raw",), 9),
        (("table",), 12),
        (("table", "key"), 13),
        (("table", "key", 1), 13),
        (("table", "key", 2), 15),
        (("table", "key", 2, "y", 1), 16),
        (("table", "inner", "empty"), 19),
        (("list", 0), 21),
        (("list", 0, "part", "deep"), 24),
        (("list", 0, "inner", 1, "n"), 28),
        (("list", 1, "name"), 30),
        (("list", 1, "inner", 0, "n"), 32),
    ],
)
def test_each_key_has_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert lines_of(TEXT)[path] == line


def test_nothing_inside_a_text_is_taken_for_a_key() -> None:
    found = lines_of(TEXT)

    assert set(paths(tomllib.loads(TEXT))) == set(found)


def test_a_missing_key_has_the_line_of_the_table_it_is_missing_from() -> None:
    found = lines_of(TEXT)

    assert line_of(found, ("list", 1, "part", "deep")) == 29
    assert line_of(found, ("nowhere",)) == 1


def paths(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every path that tomllib's own reading has."""
    parts: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    if isinstance(value, list):
        parts = list(enumerate(value))
    own = [at] if at else []
    return [*own, *(path for part, inner in parts for path in paths(inner, (*at, part)))]


SCALARS = st.sampled_from(["1", "-2.5", "true", '"a\\"]#"', "'b}'", '"""m\n[x]\ny = 1"""', "1979-05-27"])
KEYS = st.sampled_from(["a", "b-1", "c_2", '"d e"', "f"])


def written(values: list[Any]) -> str:
    return "[" + ",\n ".join(values) + "]"


def tables(values: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key} = {value}" for key, value in values.items()) + "}"


VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(written) | st.dictionaries(KEYS, inner, max_size=3).map(tables)
    ),
    max_leaves=8,
)


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "\n", "# c = [\n"]), st.dictionaries(KEYS, VALUES, max_size=3)),
        max_size=5,
    )
)
def test_every_path_that_tomllib_reads_has_a_line(sections: list[tuple[str, dict[str, str]]]) -> None:
    text = ""
    for blank, pairs in sections:
        text += f"{blank}[[t]]\n" + "".join(f"{key} = {value}\n" for key, value in pairs.items())

    found = lines_of(text)

    assert set(paths(tomllib.loads(text))) == set(found)
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())
