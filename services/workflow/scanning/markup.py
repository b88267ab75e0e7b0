"""The text of one XML part, whatever its vocabulary: all characters and all values, kept together as people see them.

A number may be split over several runs of one paragraph, so runs are joined; paragraphs and cells are not. A document
type is refused, for no office writes one and entities are how such files are made to swell.
"""

from dataclasses import dataclass, field
from xml.parsers import expat

# Elements whose text goes on in the next one: runs of Word, of sheets and of slides.
RUNS = frozenset({"t", "delText", "instrText", "delInstrText"})
BLOCKS = frozenset({"p", "si", "is", "c", "tc", "tr", "comment", "row"})
GAPS = frozenset({"tab", "br", "cr", "noBreakHyphen", "sym"})
VALUE_LEAST = 8  # shorter attribute values hold no number that is looked for


class NotReadable(Exception):
    """Not well-formed, or with a document type of its own."""


@dataclass
class Markup:
    """What one part says: its text, and the values of its attributes."""

    text: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)

    def all(self) -> str:
        return "".join(self.text) + "\n" + "\n".join(self.values)


def read_markup(content: bytes) -> Markup:
    """All text and values of an XML part. Raises NotReadable."""
    reader = _Reader()
    parse(content, reader.start, reader.end, reader.characters)
    return reader.found


def parse(content: bytes, start: object, end: object, characters: object) -> None:
    """Walk through XML with names that carry no prefix. Raises NotReadable."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start  # type: ignore[assignment]
    parser.EndElementHandler = end  # type: ignore[assignment]
    parser.CharacterDataHandler = characters  # type: ignore[assignment]
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        raise NotReadable from error


def local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse(*_: object) -> None:
    raise NotReadable


class _Reader:
    def __init__(self) -> None:
        self.found = Markup()
        self._spoke: list[bool] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._spoke.append(False)
        if local(name) in GAPS:
            self.found.text.append(" ")
        self.found.values.extend(value for value in attributes.values() if len(value) >= VALUE_LEAST)

    def characters(self, text: str) -> None:
        self.found.text.append(text)
        if self._spoke and text.strip():
            self._spoke[-1] = True

    def end(self, name: str) -> None:
        spoke, plain = self._spoke.pop(), local(name)
        if plain in BLOCKS or (spoke and plain not in RUNS):
            self.found.text.append("\n")
