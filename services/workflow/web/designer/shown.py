"""A part as controls for its template: what stands in each, what may be chosen, what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.workflow.web.designer.choices import Offered
from services.workflow.web.designer.fields import As, Entry, Field, Fold, Group, Part, Rows
from services.workflow.web.designer.reading import name_of

Path = Sequence[str | int]
# Where a fault has no field of its own, it stands at the table that holds it.
Faults = Mapping[tuple[str | int, ...], str]
UNSET = ""


@dataclass
class Choice:
    value: str
    words: str
    chosen: bool


@dataclass
class Control:
    """One field with its value."""

    id: str
    name: str
    label: str
    kind: str
    value: str = ""
    hint: str = ""
    error: str = ""
    required: bool = False
    wide: bool = False
    choices: list[Choice] = field(default_factory=list)
    is_control: bool = True


@dataclass
class Box:
    """A group, a fold, the rows of a list, or one row of it."""

    id: str
    name: str
    label: str
    kind: str  # group, fold, rows, row
    inner: list[Any] = field(default_factory=list)
    folded: bool = False
    error: str = ""
    add_words: str = ""
    is_control: bool = False

    @property
    def count(self) -> int:
        return len(self.inner)


def shown(part: Part, table: Mapping[str, Any], offered: Offered, faults: Faults) -> list[Any]:
    """The controls and boxes of a part, in its order."""
    return _entries(part.entries, table, part.path, offered, faults)


def anchor(path: Path) -> str:
    """The id of a field or row, which links lead to."""
    return "f-" + "-".join(map(str, path))


def _entries(
    entries: Sequence[Entry], table: Mapping[str, Any], path: Path, offered: Offered, faults: Faults
) -> list[Any]:
    return [_entry(entry, table, path, offered, faults) for entry in entries]


def _entry(entry: Entry, table: Mapping[str, Any], path: Path, offered: Offered, faults: Faults) -> Any:
    if isinstance(entry, Field):
        return _control(entry, table.get(entry.key), (*path, entry.key), offered, faults)
    if isinstance(entry, Fold):
        inner = _entries(entry.entries, table, path, offered, faults)
        name = f"{name_of(path)}-{entry.entries[0].key if not isinstance(entry.entries[0], Fold) else ''}"
        return Box(f"fold-{name}", name, str(entry.label), "fold", inner, not _is_filled(inner))
    here = (*path, entry.key)
    if isinstance(entry, Group):
        value = table.get(entry.key)
        inner = _entries(entry.entries, value if isinstance(value, Mapping) else {}, here, offered, faults)
        folded = entry.more and not _is_filled(inner)
        return Box(
            anchor(here), name_of(here), str(entry.label), "group", inner, folded, _fault(faults, here)
        )
    return _rows(entry, table.get(entry.key), here, offered, faults)


def _rows(entry: Rows, value: Any, here: Path, offered: Offered, faults: Faults) -> Box:
    rows = value if isinstance(value, list) else []
    boxes = []
    for at, row in enumerate(rows):
        table = row if isinstance(row, Mapping) else {}
        inner = _entries(entry.entries, table, (*here, at), offered, faults)
        name = str(table.get("name") or "")
        code = str(table.get("code") or "") if not entry.stem else ""
        words = " ".join(part for part in (str(entry.one), code or str(at + 1), name) if part)
        boxes.append(
            Box(
                anchor((*here, at)),
                name_of((*here, at)),
                words,
                "row",
                inner,
                error=_fault(faults, (*here, at)),
            )
        )
    return Box(
        anchor(here), name_of(here), str(entry.label), "rows", boxes, entry.more and not boxes,
        _fault(faults, here), str(entry.one),
    )  # fmt: skip


def _control(entry: Field, value: Any, path: Path, offered: Offered, faults: Faults) -> Control:
    control = Control(
        id=anchor(path),
        name=name_of(path),
        label=str(entry.label),
        kind=str(entry.kind),
        value=_typed(entry, value),
        hint=str(entry.hint),
        error=_deep_fault(faults, path),
        required=entry.required,
        wide=entry.wide,
    )
    if entry.kind in {As.PICK, As.MANY, As.BODY, As.BODIES, As.UNIT}:
        control.choices = _choices(entry, value, offered)
    return control


def _choices(entry: Field, value: Any, offered: Offered) -> list[Choice]:
    """What may be chosen; what is chosen already is offered too, even where nobody knows it any more."""
    known = {str(code): str(words) for code, words in _known(entry, offered).items()}
    many = entry.kind in {As.MANY, As.BODIES}
    chosen = [_code(one) for one in (value if isinstance(value, list) else [])] if many else [_code(value)]
    strangers = {code: code for code in chosen if code and code not in known}
    return [Choice(code, words, code in chosen) for code, words in {**known, **strangers}.items()]


def _known(entry: Field, offered: Offered) -> Mapping[Any, Any]:
    if isinstance(entry.choices, str) and entry.choices:
        return offered.named(entry.choices)
    if entry.kind in {As.BODY, As.BODIES}:
        return offered.bodies
    if entry.kind is As.UNIT:
        return offered.units
    return entry.choices if isinstance(entry.choices, Mapping) else {}


def _code(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value.get('role', '')}@{value.get('unit', '')}"
    return "" if value is None else str(value)


def _typed(entry: Field, value: Any) -> str:
    """What stands in the field."""
    if value is None:
        return UNSET
    if entry.kind is As.LINES:
        return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
    if entry.kind is As.WHOLES:
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if entry.kind is As.TICK:
        return "1" if value is True else ""
    if entry.kind is As.YES_NO:
        return "yes" if value is True else "no"
    return _code(value)


def _fault(faults: Faults, path: Path) -> str:
    return faults.get(tuple(path), "")


def _deep_fault(faults: Faults, path: Path) -> str:
    """The fault at a field, or at what lies within its value (the unit of a body, the third of its lines)."""
    at = tuple(path)
    return next((words for one, words in faults.items() if one[: len(at)] == at), "")


def _is_filled(entries: Sequence[Any]) -> bool:
    """Whether anything within stands there already, or is wrong."""
    return any(
        bool(one.value or one.error or any(choice.chosen for choice in one.choices))
        if one.is_control
        else bool(one.error) or (one.kind == "rows" and bool(one.inner)) or _is_filled(one.inner)
        for one in entries
    )


def anchored(entries: Sequence[Any]) -> set[str]:
    """The ids that a page of these entries has."""
    found: set[str] = set()
    for one in entries:
        found.add(one.id)
        if not one.is_control:
            found |= anchored(one.inner)
    return found
