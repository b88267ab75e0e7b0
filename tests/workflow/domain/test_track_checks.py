"""Each fault of a track, told at the track's own key, and those of marks, levels and quota."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.workflow.domain.definition_checks import definition_faults
from services.workflow.domain.programme import Definition, Track
from services.workflow.domain.programme_rules import Body, Level, Quota, QuotaKind, TownQuota
from services.workflow.domain.stages import Role, UnitKind
from services.workflow.domain.standard import Criterion, Indicator, Standard
from services.workflow.domain.track_checks import track_faults
from tests.workflow.domain.samples import DEFINITION, STANDARD

TEN = Decimal(10)
PERSONS = Standard(TEN, (Indicator("P", "个人", TEN, (Criterion("P.1", "服务", TEN, "dep-org"),)),))
DECLARE, PRELIMINARY, ASSESSMENT, NOTICE, NAMING = DEFINITION.legs
ORGANISED = replace(ASSESSMENT, bodies=(Body(Role.DEPARTMENT, "dep-org"),))
TRACK = Track(
    "person", "个人", (UnitKind.PERSON,), "示例个人", PERSONS, (DECLARE, ORGANISED, NAMING), None, Decimal(8)
)


def found(definition: Definition) -> list[tuple[str, str]]:
    return [(".".join(map(str, fault.path)), fault.code) for fault in definition_faults(definition)]


def with_tracks(*tracks: Track, **changes: Any) -> Definition:
    kinds = (UnitKind.COMMUNITY, UnitKind.PERSON)
    return replace(DEFINITION, subject_kinds=kinds, tracks=tracks, **changes)


def tracked(**changes: Any) -> Definition:
    return with_tracks(replace(TRACK, **changes))


def test_a_sound_track_has_no_fault() -> None:
    assert found(tracked()) == []
    assert found(with_tracks(Track("person", "个人", (UnitKind.PERSON,)))) == []
    assert list(track_faults(DEFINITION)) == []


@pytest.mark.parametrize(
    ("definition", "fault"),
    [
        (tracked(key="个人"), ("tracks.0.key", "programme.bad_key")),
        (tracked(name=""), ("tracks.0.name", "programme.empty")),
        (tracked(title="字" * 26), ("tracks.0.title", "programme.name_too_long")),
        (tracked(kinds=()), ("tracks.0.kinds", "programme.empty")),
        (tracked(kinds=(UnitKind.TOWN,)), ("tracks.0.kinds.0", "programme.kind_not_subject")),
        (
            tracked(kinds=(UnitKind.PERSON, UnitKind.PERSON)),
            ("tracks.0.kinds.1", "programme.duplicate"),
        ),
        (
            with_tracks(TRACK, replace(TRACK, key="again")),
            ("tracks.1.kinds.0", "programme.kind_on_two_tracks"),
        ),
        (
            with_tracks(TRACK, replace(TRACK, kinds=(UnitKind.COMMUNITY,))),
            ("tracks.1.key", "programme.duplicate"),
        ),
        (tracked(pass_mark=Decimal(11)), ("tracks.0.pass_mark", "programme.pass_mark_out_of_range")),
        (tracked(pass_mark=None), ("tracks.0", "programme.pass_mark_out_of_range")),
        (tracked(tie_break=("1",)), ("tracks.0.tie_break.0", "programme.unknown_tie_break")),
        (
            tracked(levels=(Level("一星", Decimal(11)),)),
            ("tracks.0.levels.0.reached_at", "programme.level_out_of_reach"),
        ),
        (tracked(quota=Quota(QuotaKind.MAXIMUM)), ("tracks.0.quota.number", "programme.missing_key")),
        (
            tracked(legs=(DECLARE, PRELIMINARY, ORGANISED)),
            ("tracks.0.legs.2", "programme.route_must_end_with_naming"),
        ),
        (
            tracked(legs=(DECLARE, replace(ORGANISED, due_days=None), NAMING)),
            ("tracks.0.legs.1.due_days", "programme.missing_key"),
        ),
        (
            tracked(standard=replace(PERSONS, total=Decimal(8))),
            ("tracks.0.standard.total", "standard.points_do_not_add_up"),
        ),
        (
            tracked(legs=(DECLARE, ASSESSMENT, NAMING)),
            ("tracks.0.legs.1.bodies.1", "standard.body_scores_nothing"),
        ),
        (
            tracked(standard=None, pass_mark=None),
            ("tracks.0", "standard.scorer_not_on_route"),
        ),
    ],
)
def test_each_fault_is_found_at_its_key(definition: Definition, fault: tuple[str, str]) -> None:
    assert set(found(definition)) == {fault}


def test_a_scorer_of_a_track_must_be_among_the_units() -> None:
    stranger = replace(PERSONS.indicators[0].criteria[0], scorer="dep-x")
    standard = replace(PERSONS, indicators=(replace(PERSONS.indicators[0], criteria=(stranger,)),))

    at = "tracks.0.standard.indicators.0.criteria.0.scorer"
    assert (at, "programme.unknown_unit") in found(tracked(standard=standard))


def test_a_fault_of_the_main_track_is_told_once() -> None:
    definition = with_tracks(Track("person", "个人", (UnitKind.PERSON,)), pass_mark=Decimal(0))

    assert found(definition) == [("pass_mark", "programme.pass_mark_out_of_range")]


@pytest.mark.parametrize(
    ("levels", "faults"),
    [
        ((Level("一星", Decimal(90)), Level("二星", Decimal(102))), []),
        ((Level("一星", Decimal(90)), Level("二星", Decimal("102.01"))), [(1, "level_out_of_reach")]),
        ((Level("一星", Decimal(0)),), [(0, "level_out_of_reach")]),
        ((Level("一星", Decimal(90)), Level("二星", Decimal(90))), [(1, "levels_out_of_order")]),
    ],
)
def test_levels_rise_within_the_total_and_its_bonus(
    levels: tuple[Level, ...], faults: list[tuple[int, str]]
) -> None:
    definition = replace(DEFINITION, levels=levels, standard=replace(STANDARD, bonus_cap=Decimal(2)))

    assert found(definition) == [(f"levels.{n}.reached_at", f"programme.{code}") for n, code in faults]


def test_levels_are_told_apart_by_their_names() -> None:
    twice = (Level("一星", Decimal(90)), Level("一星", Decimal(95)))

    assert found(replace(DEFINITION, levels=twice)) == [("levels.1.name", "programme.duplicate")]
    assert found(replace(DEFINITION, levels=(Level("", TEN),))) == [("levels.0.name", "programme.empty")]


def test_a_town_may_have_no_place_and_never_fewer() -> None:
    quota = Quota(QuotaKind.MAXIMUM, 5, (TownQuota("song", 0), TownQuota("gui", -1)))

    assert found(replace(DEFINITION, quota=quota)) == [("quota.towns.1.number", "programme.below_zero")]
