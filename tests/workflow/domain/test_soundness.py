"""The whole proof: every track and category, gaps apart from flaws, and the programmes that ship."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

import services.workflow
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.definition_file import read
from services.workflow.domain.programme import Definition, Track
from services.workflow.domain.programme_rules import Category
from services.workflow.domain.soundness import Soundness, soundness, variants_of
from services.workflow.domain.stages import Mode, UnitKind
from tests.workflow.domain.organisations import ORGANISATION, without
from tests.workflow.domain.samples import DEFINITION, STANDARD
from tests.workflow.domain.test_sound_route import SOUND

CALENDAR = Calendar(frozenset(), frozenset(), dt.date(2026, 12, 31))
FILES = sorted((Path(services.workflow.__file__).parent / "programmes").glob("*/programme.toml"))
DEAD_END = (DEFINITION.legs[0], replace(DEFINITION.legs[1], mode=Mode.VOTE), DEFINITION.legs[-1])
PERSONS = Track("person", "个人", (UnitKind.PERSON,), legs=DEAD_END)


def judged(definition: Definition) -> Soundness:
    return soundness(definition, ORGANISATION, CALENDAR, 2026)


def test_a_sound_programme_has_nothing_against_it() -> None:
    assert judged(SOUND) == Soundness()
    assert judged(SOUND).is_sound


def test_a_flaw_of_a_track_names_the_track() -> None:
    tracked = replace(SOUND, subject_kinds=(UnitKind.COMMUNITY, UnitKind.PERSON), tracks=(PERSONS,))

    result = judged(tracked)

    assert {(flaw.code, flaw.track) for flaw in result.flaws} == {
        ("route.no_way_on", "person"),
        ("route.unreachable", "person"),
        ("quorum.out_of_reach", "person"),
    }
    assert not result.is_sound


def test_every_category_is_looked_at_and_what_they_share_is_told_once() -> None:
    categories = (Category("old", "老"), Category("new", "新"))
    short = replace(SOUND, categories=categories, legs=SOUND.legs[:2] + SOUND.legs[3:])

    assert [key for key, _ in variants_of(short)] == ["", ""]
    assert [flaw.code for flaw in judged(short).flaws] == ["route.not_scored"]


def test_a_gap_is_listed_and_is_no_flaw() -> None:
    gap = replace(STANDARD.indicators[1], gap=True)
    definition = replace(SOUND, standard=replace(STANDARD, indicators=(STANDARD.indicators[0], gap)))

    result = judged(definition)

    assert (result.is_sound, result.gaps) == (True, ("2",))


def test_without_an_organisation_only_the_definition_itself_is_looked_at() -> None:
    alone = soundness(SOUND, None, CALENDAR, 2026)

    assert alone.is_sound
    assert not soundness(SOUND, without("office"), CALENDAR, 2026).is_sound


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_programme_that_ships_leads_to_its_end(file: Path) -> None:
    result = soundness(read(file.read_text(encoding="utf-8")), None, CALENDAR, 2026)

    assert result.flaws == ()
