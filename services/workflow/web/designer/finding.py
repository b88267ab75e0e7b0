"""Where on the pages of a draft a fault stands: its part, its field, and what to call it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.workflow.domain.faults import Fault, KeyFault, key_text
from services.workflow.domain.refused import Refused
from services.workflow.web.designer.fields import Fold, Part
from services.workflow.web.designer.parts import parts_of
from services.workflow.web.designer.reading import flat
from services.workflow.wording.faults import fault_sentence

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Found:
    """A fault with the part it belongs to."""

    part: Part
    path: Path
    words: str
    code: str


def found_in(values: Mapping[str, Any], faults: Sequence[KeyFault]) -> list[Found]:
    """The faults in the order of the parts, each with its sentence."""
    parts = parts_of(values)
    found = [Found(part_of(parts, fault.path), fault.path, sentence(fault), fault.code) for fault in faults]
    order = {part.place: at for at, part in enumerate(parts)}
    return sorted(found, key=lambda one: (order[one.part.place], [str(step).zfill(4) for step in one.path]))


def sentence(fault: KeyFault) -> str:
    return fault_sentence(Fault(None, key_text(fault.path), fault.code, fault.params))


def part_of(parts: Sequence[Part], path: Path) -> Part:
    """The deepest part that shows the key; the first one where none does."""
    fitting = [part for part in parts if _shows(part, path)]
    return max(fitting, key=lambda part: len(part.path), default=parts[0])


def _shows(part: Part, path: Path) -> bool:
    depth = len(part.path)
    if path[:depth] != part.path:
        return False
    if len(path) == depth:
        return depth > 0
    return any(not isinstance(one, Fold) and one.key == path[depth] for one in flat(part.entries))


def one_part(values: Mapping[str, Any], place: str) -> Part:
    """The part behind an address. Refused: request.not_found."""
    part = next((one for one in parts_of(values) if one.place == place), None)
    if part is None:
        raise Refused("request.not_found")
    return part
