"""The cells of a workbook's sheets, with the strings they share; hidden rows and columns are read like any other."""

import re
from decimal import Decimal, InvalidOperation

from services.workflow.domain.masking import ID_LENGTH, looks_like_id
from services.workflow.scanning.markup import RUNS, VALUE_LEAST, local, parse

SHEET_AT = re.compile(r"xl/worksheets/[^/]+\.xml$")


def shared_strings(content: bytes) -> list[str]:
    """The strings that cells point to, in their order."""
    strings: list[str] = []
    said: list[str] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if local(name) == "si":
            said.clear()
        inside = local(name) == "t"

    def end(name: str) -> None:
        nonlocal inside
        inside = False
        if local(name) == "si":
            strings.append("".join(said))

    parse(content, start, end, lambda text: said.append(text) if inside else None)
    return strings


def cells_of(content: bytes, strings: list[str]) -> tuple[str, tuple[str, ...]]:
    """What the cells say, one a line after its place (B7: …), and ID numbers that lost their end by being numbers."""
    reader = _Cells(strings)
    parse(content, reader.start, reader.end, reader.characters)
    return "\n".join([*reader.lines, "".join(reader.others), *reader.values]), tuple(reader.cut)


class _Cells:
    def __init__(self, strings: list[str]) -> None:
        self.lines: list[str] = []
        self.cut: list[str] = []
        self.others: list[str] = []
        self.values: list[str] = []
        self._strings = strings
        self._place = self._kind = ""
        self._said: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = local(name)
        if plain == "c":
            self._place, self._kind = attributes.get("r", ""), attributes.get("t", "n")
        self._inside = plain == "v"
        if self._inside:
            self._said.clear()
        self.values.extend(value for value in attributes.values() if len(value) >= VALUE_LEAST)

    def characters(self, text: str) -> None:
        (self._said if self._inside else self.others).append(text)

    def end(self, name: str) -> None:
        if local(name) not in {*RUNS, "r"}:
            self.others.append("\n")
        if local(name) == "v":
            self._inside = False
            self.lines.append(f"{self._place}:\t{self._value(''.join(self._said).strip())}")

    def _value(self, said: str) -> str:
        if self._kind == "s":
            return self._strings[int(said)] if said.isdigit() and int(said) < len(self._strings) else ""
        if self._kind != "n":
            return said
        number = whole(said)
        if len(number) == ID_LENGTH and looks_like_id(number):
            self.cut.append(number)
        return number or said


def whole(said: str) -> str:
    """A whole number as its digits, however the sheet wrote it: 1.3812341234E10 too."""
    try:
        number = Decimal(said)
    except InvalidOperation:
        return ""
    return str(int(number)) if number == number.to_integral_value() and abs(number.adjusted()) < 30 else ""


def hidden_sheets(workbook: bytes) -> set[str]:
    """The relation ids of sheets that are hidden, or very hidden."""
    found: set[str] = set()

    def start(name: str, attributes: dict[str, str]) -> None:
        plain = {local(key): value for key, value in attributes.items()}
        if local(name) == "sheet" and plain.get("state", "visible") != "visible":
            found.add(plain.get("id", ""))

    parse(workbook, start, lambda name: None, lambda text: None)
    return found


def related(relations: bytes) -> dict[str, str]:
    """{relation id: the part it leads to}."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship":
            found[attributes.get("Id", "")] = attributes.get("Target", "").lstrip("/").removeprefix("xl/")

    parse(relations, start, lambda name: None, lambda text: None)
    return found
