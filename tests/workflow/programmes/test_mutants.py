"""A file with something changed by chance is refused with its line, or runs to its end."""

import datetime as dt
import os
from collections import Counter
from pathlib import Path

import pytest

import services.workflow
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.definition_codec import definition_from_dict, to_dict
from services.workflow.domain.definition_file import read
from services.workflow.domain.refused import Refused
from services.workflow.domain.soundness import flawed_key, soundness
from services.workflow.domain.toml_lines import line_of, lines_of
from services.workflow.queries.try_out import tried_out
from tests.workflow.programmes.mutants import mutant

FILES = sorted((Path(services.workflow.__file__).parent / "programmes").glob("*/programme.toml"))
SEEDS = 3000 if os.environ.get("SCALE") == "hard" else 500
WEEKDAYS = Calendar(frozenset(), frozenset(), dt.date(2027, 12, 31))


def fate(text: str) -> str:
    """What becomes of a file; anything else than one of these is a fault of ours."""
    last = text.count("\n") + 1
    try:
        definition = read(text)
    except Refused as refused:
        faults = refused.params["faults"]
        assert isinstance(faults, tuple) and faults
        assert all(fault.line and 1 <= fault.line <= last for fault in faults)
        return "refused"
    assert definition_from_dict(to_dict(definition)) == definition
    flaws = soundness(definition, None, WEEKDAYS, 2026).flaws
    if flaws:
        lines = lines_of(text)
        assert all(1 < line_of(lines, flawed_key(definition, flaw)) <= last for flaw in flaws)
        return "unsound"
    return "named" if not tried_out(definition).unnamed else "stuck"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_mutant_is_refused_with_its_line_or_runs_to_its_end(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    share = range(FILES.index(file), SEEDS, len(FILES))

    fates = {seed: fate(mutant(text, seed)) for seed in share}

    assert [seed for seed, each in fates.items() if each == "stuck"] == []
    counted = Counter(fates.values())
    assert counted["refused"] > 0 < counted["named"]


def test_the_same_seed_makes_the_same_mutant() -> None:
    text = FILES[0].read_text(encoding="utf-8")

    assert [mutant(text, seed) for seed in range(20)] == [mutant(text, seed) for seed in range(20)]
    assert all(mutant(text, seed) != text for seed in (1, 2, 3))


def test_a_file_as_it_ships_is_named() -> None:
    assert [fate(file.read_text(encoding="utf-8")) for file in FILES] == ["named"] * len(FILES)
