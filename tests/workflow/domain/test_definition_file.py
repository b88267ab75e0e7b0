"""Reading programme files: the one that ships, and what becomes of it when something in it is wrong."""

import random
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import services.workflow
from services.workflow.domain.definition_codec import content_hash
from services.workflow.domain.definition_file import read
from services.workflow.domain.faults import Fault, Place
from services.workflow.domain.programme_rules import Body, Silence
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode, Role, Stage
from services.workflow.domain.standard import Criterion
from services.workflow.domain.standard_rows import StandardRow

FOLDER = Path(services.workflow.__file__).parent / "programmes"
FILE = FOLDER / "wenming-000/programme.toml"
TEXT = FILE.read_text(encoding="utf-8")
SCORERS = {"2": "dep-civil", "3": "dep-civil", "4": "dep-urban", "5": "dep-peace", "6": "dep-culture"}
POINTS = {"2": "43333", "3": "44433", "4": "43333", "5": "43333", "6": "43333"}


def rows() -> list[StandardRow]:
    """The 25 criteria that the document's text does not hold."""
    found: list[StandardRow] = []
    for indicator, digits in POINTS.items():
        whole = Decimal(sum(map(int, digits)))
        for n, points in enumerate(digits, start=1):
            criterion = Criterion(
                f"{indicator}.{n}", "示例", Decimal(points), SCORERS[indicator], example=True
            )
            found.append(StandardRow(len(found) + 3, indicator, f"示例{indicator}", whole, criterion))
    return found


def faults_of(text: str, workbook: list[StandardRow] | None = None) -> tuple[Fault, ...]:
    with pytest.raises(Refused) as refused:
        read(text, workbook)
    assert refused.value.code == "programme.faulty"
    found = refused.value.params["faults"]
    assert isinstance(found, tuple)
    return found


def places(faults: tuple[Fault, ...]) -> list[tuple[int | None, str, str]]:
    return [(fault.line, fault.key, fault.code) for fault in faults]


def line_of(fragment: str, nth: int = 0) -> int:
    """The line that a fragment stands in, for a text that gives it the nth time."""
    at = [match.start() for match in re.finditer(re.escape(fragment), TEXT)][nth]
    return TEXT.count("\n", 0, at) + 1


def test_the_programme_of_document_000_is_read_with_what_the_document_says() -> None:
    definition = read(TEXT)

    first = definition.indicators[0]
    cards, registration = first.criteria[0].measures
    (area,) = first.criteria[4].measures
    assert (definition.code, definition.pass_mark) == ("wenming-000", Decimal(90))
    assert [definition.standard.total, first.points] == [100, 18]
    assert [criterion.points for criterion in first.criteria] == [5, 3, 4, 3, 3]
    assert [measure.needed for measure in (cards, registration, area)] == [95, 100, 80]
    assert definition.standard.criteria_declared == 30
    assert definition.supervision.rereview_every_years == 2
    assert definition.first_year == 2003
    assert [ground.owner for ground in definition.veto_grounds] == [
        "dep-health",
        "dep-police",
        "dep-discipline",
    ]


def test_its_published_content_is_what_it_always_was() -> None:
    """Editions point at versions by this hash; keys that came later must not change it."""
    assert content_hash(read(TEXT)) == "6291a2a2e48232482654d4300dd1a03f3a98e02c9be40a22a4c0925814313929"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*/programme.toml")), ids=lambda file: file.parent.name)
def test_every_programme_that_ships_is_without_a_fault(file: Path) -> None:
    assert read(file.read_text(encoding="utf-8")).code == file.parent.name


def test_its_route_has_the_legs_of_the_document_and_an_added_notice() -> None:
    definition = read(TEXT)

    assert [(leg.key, leg.stage, leg.mode, leg.due_days) for leg in definition.legs] == [
        ("declare", Stage.DRAFT, Mode.SINGLE, None),
        ("preliminary", Stage.PRELIMINARY_REVIEW, Mode.SINGLE, 10),
        ("clearance", Stage.ELIGIBILITY, Mode.CLEARANCE, 5),
        ("joint_review", Stage.ELIGIBILITY, Mode.COUNTERSIGN, 5),
        ("confirmation", Stage.ELIGIBILITY, Mode.SINGLE, 5),
        ("assessment", Stage.EVALUATION, Mode.SCORING, 20),
        ("vote", Stage.EVALUATION, Mode.VOTE, 10),
        ("decision", Stage.EVALUATION, Mode.SINGLE, 5),
        ("notice", Stage.NOTICE, Mode.NOTICE, 5),
        ("naming", Stage.NAMING, Mode.SINGLE, 10),
    ]
    rule = definition.notice_rule(definition.legs[8])
    clearance, joint, vote = (definition.legs[i] for i in (2, 3, 6))
    assert (rule.working_days, rule.opening_day_counts, rule.from_document) == (5, False, False)
    assert clearance.clearance is not None and clearance.clearance.silence is Silence.ESCALATE
    assert joint.bodies == (Body(Role.LEADING_GROUP, "leading-group"), Body(Role.OFFICE, "office"))
    assert vote.vote is not None and vote.vote.quorum == Fraction(2, 3)
    assert definition.warnings == ()


def test_what_the_document_is_cut_off_at_is_a_gap_and_no_fault() -> None:
    definition = read(TEXT)

    assert definition.gaps == ("2", "3", "4", "5", "6")
    assert not definition.standard.has_examples


def test_every_part_says_whether_it_comes_from_the_document() -> None:
    definition = read(TEXT)

    assert {leg.key for leg in definition.legs if leg.source != "000"} == {"clearance", "vote", "notice"}
    assert all(indicator.source == "000" for indicator in definition.indicators)
    assert all(criterion.source == "000" for criterion in definition.standard.criteria)
    assert {fact.source for fact in definition.facts} == {"000"}


def test_no_sentence_of_the_document_is_longer_than_a_note() -> None:
    definition = read(TEXT)

    texts = [c.requirement for c in definition.standard.criteria] + [fact.text for fact in definition.facts]
    assert max(map(len, texts)) <= 70


def test_rows_fill_the_gaps_to_thirty_criteria_and_a_hundred_points() -> None:
    definition = read(TEXT, rows())

    assert definition.gaps == ()
    assert len(definition.standard.criteria) == 30
    assert sum(criterion.points for criterion in definition.standard.criteria) == 100
    assert [criterion.code for criterion in definition.standard.criteria if not criterion.example] == [
        *("1.1", "1.2", "1.3", "1.4", "1.5")
    ]


def test_rows_that_leave_a_gap_open_are_no_fault_while_the_total_is_not_exceeded() -> None:
    assert read(TEXT, rows()[:5]).gaps == ("3", "4", "5", "6")


def test_rows_that_do_not_add_up_are_said_by_row() -> None:
    changed = rows()
    one = changed[7]
    changed[7] = StandardRow(one.row, "3", one.indicator_name, Decimal(19), one.criterion)

    faults = faults_of(TEXT, changed)

    fault = (10, "indicator_points", "standard.rows_disagree", Place.WORKBOOK)
    assert [(f.line, f.key, f.code, f.place) for f in faults] == [fault]


def test_a_sum_off_by_a_hundredth_in_the_rows_is_said_at_their_first_row_and_at_the_total() -> None:
    changed = rows()
    for i in range(5):
        one = changed[i]
        changed[i] = StandardRow(one.row, "2", one.indicator_name, Decimal("16.01"), one.criterion)

    faults = faults_of(TEXT, changed)

    assert [(fault.line, fault.key, fault.code, fault.place) for fault in faults] == [
        (line_of("total = 100"), "standard.total", "standard.points_do_not_add_up", Place.FILE),
        (3, "standard.indicators[2].points", "standard.points_do_not_add_up", Place.WORKBOOK),
    ]


def test_every_fault_is_listed_at_once_with_its_line() -> None:
    text = (
        TEXT.replace("points = 18", "points = 18.01")
        .replace('unit = "subject.town"', 'unit = "subject.county"')
        .replace("due_days = 20", "due_dayz = 20")
        .replace('mode = "vote"', 'mode = "veto"')
        .replace("needed = 80", 'needed = "spacious"')
        .replace('owner = "dep-police"', 'owner = "dep-polite"')
    )

    assert places(faults_of(text)) == [
        (line_of('unit = "subject.town"'), "legs[2].body.unit", "programme.unknown_unit"),
        (line_of("[[legs]]", 5), "legs[6].due_days", "programme.missing_key"),
        (line_of("due_days = 20"), "legs[6].due_dayz", "programme.unknown_key"),
        (line_of('mode = "vote"'), "legs[7].mode", "programme.unknown_value"),
        (line_of('owner = "dep-police"'), "veto_grounds[2].owner", "programme.unknown_unit"),
        (line_of("points = 18"), "standard.indicators[1].points", "standard.points_do_not_add_up"),
        (
            line_of("needed = 80"),
            "standard.indicators[1].criteria[5].measures[1].needed",
            "programme.wrong_type",
        ),
    ]


def test_what_follows_from_an_unreadable_part_is_not_listed_beside_it() -> None:
    text = TEXT.replace("points = 4\n", 'points = "four"\n', 1)

    assert places(faults_of(text)) == [
        (
            line_of("points = 4\n"),
            "standard.indicators[1].criteria[3].points",
            "programme.wrong_type",
        )
    ]


def test_a_text_that_is_no_toml_is_said_with_its_line() -> None:
    broken = TEXT.replace("[supervision]", "[supervision")
    cut = TEXT[: TEXT.index("bodies = [") + 12]

    assert places(faults_of(broken)) == [(line_of("[supervision]"), "", "programme.unreadable")]
    assert places(faults_of(cut)) == [(cut.count("\n") + 1, "", "programme.unreadable")]


def test_a_key_given_twice_is_said_with_its_line() -> None:
    twice = TEXT.replace("first_year = 2003\n", "first_year = 2003\nfirst_year = 2004\n")

    faults = faults_of(twice)

    assert [(fault.line, fault.code) for fault in faults] == [
        (line_of("first_year") + 1, "programme.unreadable")
    ]


def test_files_beyond_any_use_are_refused() -> None:
    assert places(faults_of("#" * 1_000_001)) == [(1, "", "programme.file_too_long")]
    assert [fault.code for fault in faults_of("a = " + "[" * 100_000)] == ["programme.unreadable"]
    assert [fault.code for fault in faults_of("a = " + "9" * 5_000)] == ["programme.unreadable"]
    assert "programme.missing_key" in {fault.code for fault in faults_of("")}


MUTATIONS = (
    lambda line, draw: "",
    lambda line, draw: line + line,
    lambda line, draw: re.sub(r"\d+", lambda _: str(draw.randint(-3, 400)), line),
    lambda line, draw: re.sub(r'"[^"]*"', f'"{draw.choice(["", "x", "office", "99", "vote"])}"', line),
    lambda line, draw: re.sub(r"^(\w+)", lambda key: key[1] + draw.choice("xyz"), line),
    lambda line, draw: line.replace("true", "false") if "true" in line else line.replace("false", "true"),
    lambda line, draw: line[: draw.randint(0, len(line))] + "\n",
)


def test_a_mutant_is_refused_with_a_line_of_the_file_or_read(scale: Callable[[int, int], int]) -> None:
    outcomes = {"read": 0, "refused": 0}
    for seed in range(scale(150, 1_000)):
        text, most = mutant(random.Random(seed))
        try:
            definition = read(text)
        except Refused as refused:
            outcomes["refused"] += 1
            faults = refused.params["faults"]
            assert isinstance(faults, tuple) and faults, seed
            assert all(1 <= fault.line <= most for fault in faults), seed
        else:
            outcomes["read"] += 1
            assert definition.legs and definition.pass_mark <= definition.standard.total, seed

    assert min(outcomes.values()) > 20


def mutant(draw: random.Random) -> tuple[str, int]:
    """The file with one line changed at random, and how many lines it has."""
    lines = TEXT.splitlines(keepends=True)
    at = draw.randrange(len(lines))
    lines[at] = draw.choice(MUTATIONS)(lines[at], draw)
    return "".join(lines), len(lines) + 1
