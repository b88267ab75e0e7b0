"""A definition as it is for one kind and category of subject."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.workflow.domain.programme import Definition, Track
from services.workflow.domain.programme_rules import Category, Level, Quota, QuotaKind
from services.workflow.domain.resolving import MAIN_TRACK, kinds_on, resolved, track_of
from services.workflow.domain.stages import UnitKind
from services.workflow.domain.standard import Criterion, Indicator, Scale, Standard
from tests.workflow.domain.samples import DEFINITION, STANDARD

PERSONS = Standard(
    Decimal(10), (Indicator("P", "个人", Decimal(10), (Criterion("P.1", "服务", Decimal(10), "dep-org"),)),)
)
SHORT = (DEFINITION.legs[0], DEFINITION.legs[-1])
STARS = (Level("一星", Decimal(5)),)
TEN = Quota(QuotaKind.MAXIMUM, 10)
TRACK = Track(
    "person",
    "个人",
    (UnitKind.PERSON, UnitKind.WORKING_GROUP),
    "示例个人",
    PERSONS,
    SHORT,
    TEN,
    Decimal(8),
    STARS,
    ("P",),
)
KINDS = (UnitKind.COMMUNITY, UnitKind.PERSON, UnitKind.WORKING_GROUP, UnitKind.TOWN)
TRACKED = replace(DEFINITION, subject_kinds=KINDS, tracks=(TRACK,), tie_break=("1", "P"))


def test_a_definition_without_tracks_and_categories_is_itself() -> None:
    assert resolved(DEFINITION, kind="community", category="old") is DEFINITION


def test_a_track_replaces_everything_it_gives() -> None:
    own = resolved(TRACKED, kind="person")

    assert own == replace(
        TRACKED,
        title="示例个人",
        standard=PERSONS,
        legs=SHORT,
        quota=TEN,
        pass_mark=Decimal(8),
        levels=STARS,
        tie_break=("P",),
        subject_kinds=(UnitKind.PERSON, UnitKind.WORKING_GROUP),
        tracks=(),
    )


def test_what_a_track_leaves_empty_is_the_programmes_own() -> None:
    bare = replace(TRACKED, tracks=(Track("person", "个人", (UnitKind.PERSON,)),))

    own = resolved(bare, kind="person")

    assert own == replace(TRACKED, subject_kinds=(UnitKind.PERSON,), tracks=(), tie_break=("1",))


def test_a_tie_break_is_inherited_as_far_as_the_own_standard_knows_it() -> None:
    track = Track("person", "个人", (UnitKind.PERSON,), standard=PERSONS)

    assert resolved(replace(TRACKED, tracks=(track,)), kind="person").tie_break == ("P",)


def test_the_other_kinds_stay_on_the_main_track() -> None:
    main = resolved(TRACKED, kind="town")

    assert main == replace(TRACKED, subject_kinds=(UnitKind.COMMUNITY, UnitKind.TOWN), tracks=())
    assert [track_of(TRACKED, kind) for kind in KINDS] == [MAIN_TRACK, "person", "person", MAIN_TRACK]
    assert kinds_on(TRACKED, "person") == (UnitKind.PERSON, UnitKind.WORKING_GROUP)


def varied(scale: Scale = Scale.POINTS, pass_mark: str = "90") -> Definition:
    """Greenery is asked of old communities, a lift of new ones; new ones have a third indicator."""
    one, two = STANDARD.indicators
    greenery, office = two.criteria
    old, new = replace(greenery, categories=("old",)), replace(greenery, code="2.3", categories=("new",))
    lift = Criterion("3.1", "电梯", Decimal(10), "dep-urban", categories=("new",))
    three = Indicator("3", "电梯", Decimal(10), (lift,))
    gap = Indicator("4", "", gap=True)
    two = replace(two, criteria=(old, new, office))
    standard = replace(STANDARD, indicators=(one, two, three, gap), scale=scale)
    categories = (Category("old", "老"), Category("new", "新"))
    return replace(DEFINITION, standard=standard, categories=categories, pass_mark=Decimal(pass_mark))


@pytest.mark.parametrize(
    ("category", "codes", "indicators"),
    [
        ("old", ["1.1", "1.2", "2.1", "2.2"], ["1", "2", "4"]),
        ("new", ["1.1", "1.2", "2.3", "2.2", "3.1"], ["1", "2", "3", "4"]),
        ("", ["1.1", "1.2", "2.2"], ["1", "2", "4"]),
    ],
)
def test_only_the_criteria_of_the_category_are_asked(
    category: str, codes: list[str], indicators: list[str]
) -> None:
    standard = resolved(varied(), kind="community", category=category).standard

    assert [criterion.code for criterion in standard.criteria] == codes
    assert [indicator.code for indicator in standard.indicators] == indicators
    assert standard.total == STANDARD.total


@pytest.mark.parametrize(("pass_mark", "wanted"), [("100", "5"), ("4", "4"), ("9", "5")])
def test_targets_are_counted_by_category_and_all_stays_all(pass_mark: str, wanted: str) -> None:
    own = resolved(varied(Scale.MET, pass_mark), kind="community", category="new")

    assert (own.standard.total, own.pass_mark) == (Decimal(5), Decimal(wanted))
