"""Programme files with something changed by chance: a number, a word, a line, a table, a letter."""

import re
from collections.abc import Callable, Sequence
from random import Random

PAIR = re.compile(r"^\s*(?P<key>[a-z_]+) = (?P<value>.+)$")
NUMBER = re.compile(r"(?<![\w\"-])\d+(?:\.\d+)?(?![\w\"-])")
WORD = re.compile(r'"([^"\n]*)"')
HEADER = re.compile(r"^\[")
Lines = list[str]


def mutant(text: str, seed: int) -> str:
    """The text with one to three changes; the same for the same seed."""
    random = Random(seed)
    lines = text.split("\n")
    for _ in range(random.randint(1, 3)):
        random.choice(CHANGES)(lines, random)
    return "\n".join(lines)


def _pairs(lines: Sequence[str]) -> list[int]:
    return [n for n, line in enumerate(lines) if PAIR.match(line)]


def _blocks(lines: Sequence[str]) -> list[tuple[int, int]]:
    """From each header to the next."""
    starts = [n for n, line in enumerate(lines) if HEADER.match(line)]
    return list(zip(starts, [*starts[1:], len(lines)], strict=True))


def drop_a_line(lines: Lines, random: Random) -> None:
    if places := _pairs(lines):
        del lines[random.choice(places)]


def repeat_a_line(lines: Lines, random: Random) -> None:
    if places := _pairs(lines):
        place = random.choice(places)
        lines.insert(place, lines[place])


def misspell_a_key(lines: Lines, random: Random) -> None:
    if places := _pairs(lines):
        place = random.choice(places)
        lines[place] = lines[place].replace(" =", "x =", 1)


def change_a_number(lines: Lines, random: Random) -> None:
    places = [n for n in _pairs(lines) if NUMBER.search(lines[n].partition("=")[2])]
    if not places:
        return
    place = random.choice(places)
    key, _, value = lines[place].partition("=")
    found = random.choice(list(NUMBER.finditer(value)))
    number = float(found[0])
    others = [number + 1, number - 1, number + 0.01, 0, -number, number * 10, 0.5, 10**7]
    other = f"{random.choice(others):g}" if random.random() < 0.95 else '"7"'
    lines[place] = f"{key}={value[: found.start()]}{other}{value[found.end() :]}"


def change_a_word(lines: Lines, random: Random) -> None:
    """To a word of another line, often one of the same key; or to nothing, or to something long."""
    places = [n for n in _pairs(lines) if WORD.search(lines[n])]
    if not places:
        return
    place = random.choice(places)
    key = lines[place].partition("=")[0]
    alike = [n for n in places if lines[n].partition("=")[0] == key]
    donor = lines[random.choice(alike if random.random() < 0.7 else places)]
    words = [found[1] for found in WORD.finditer(donor)]
    word = random.choice([*words, *words, "", "字" * 60, "nobody"])
    found = random.choice(list(WORD.finditer(lines[place])))
    lines[place] = f'{lines[place][: found.start()]}"{word}"{lines[place][found.end() :]}'


def flip_a_truth(lines: Lines, random: Random) -> None:
    places = [n for n in _pairs(lines) if lines[n].endswith(("= true", "= false"))]
    if places:
        place = random.choice(places)
        key, _, value = lines[place].rpartition(" ")
        lines[place] = f"{key} {'false' if value == 'true' else 'true'}"


def drop_a_table(lines: Lines, random: Random) -> None:
    if blocks := _blocks(lines):
        begin, end = random.choice(blocks)
        del lines[begin:end]


def repeat_a_table(lines: Lines, random: Random) -> None:
    if blocks := _blocks(lines):
        begin, end = random.choice(blocks)
        lines[begin:begin] = lines[begin:end]


def swap_two_tables(lines: Lines, random: Random) -> None:
    blocks = _blocks(lines)
    if len(blocks) > 1:
        (a, b), (c, d) = sorted(random.sample(blocks, 2))
        lines[a:d] = [*lines[c:d], *lines[b:c], *lines[a:b]]


def break_a_letter(lines: Lines, random: Random) -> None:
    place = random.randrange(len(lines))
    if line := lines[place]:
        at = random.randrange(len(line))
        lines[place] = line[:at] + random.choice(['"', "[", "]", "=", "#", "\\", "{", "　"]) + line[at + 1 :]


CHANGES: Sequence[Callable[[Lines, Random], None]] = (
    *(drop_a_line, repeat_a_line, misspell_a_key, flip_a_truth),
    *(change_a_number, change_a_number, change_a_word, change_a_word, change_a_word),
    *(drop_a_table, repeat_a_table, swap_two_tables, break_a_letter),
)
