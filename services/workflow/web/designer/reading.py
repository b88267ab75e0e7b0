"""From the form of a part to its plain values, and the small acts on its rows: add, take out, move."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any

from services.workflow.web.designer.fields import As, Entry, Field, Fold, Group, Part, Rows

Table = dict[str, Any]
ROWS_MOST = 300


def values_from(part: Part, sent: Any, kept: Mapping[str, Any]) -> Any:
    """The part as it was sent; what its form does not show stays as it is kept."""
    table = table_at(kept, part.path)
    return _table(part.entries, sent, part.path, table)


def table_at(values: Any, path: Sequence[str | int]) -> Table:
    """The table that a path leads to; an empty one where it leads nowhere."""
    here = values
    for step in path:
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and 0 <= step < len(here) else {}
        else:
            here = here.get(step, {}) if isinstance(here, Mapping) else {}
    return dict(here) if isinstance(here, Mapping) else {}


def placed(values: Mapping[str, Any], path: Sequence[str | int], table: Table) -> Table:
    """The whole draft with this table at its path; tables on the way that are missing are made."""
    whole: Any = deepcopy(dict(values))
    if not path:
        return table
    here = whole
    for step, after in pairwise(path):
        if isinstance(step, str) and not isinstance(here.get(step), list | dict):
            here[step] = [] if isinstance(after, int) else {}
        here = here[step]
    here[path[-1]] = table
    return dict(whole)


def _table(entries: Sequence[Entry], sent: Any, path: Sequence[str | int], kept: Table) -> Table:
    table = dict(kept)
    for entry in entries:
        if isinstance(entry, Fold):
            table = _table(entry.entries, sent, path, table)
            continue
        value = _value(entry, sent, (*path, entry.key), table.get(entry.key))
        if value is None:
            table.pop(entry.key, None)
        else:
            table[entry.key] = value
    return table


def _value(entry: Field | Group | Rows, sent: Any, path: Sequence[str | int], kept: Any) -> Any:
    if isinstance(entry, Group):
        table = _table(entry.entries, sent, path, kept if isinstance(kept, dict) else {})
        return table or (kept if kept == {} else None)  # an empty table says that the defaults hold
    if isinstance(entry, Rows):
        before = kept if isinstance(kept, list) else []
        count = (
            min(int(given), ROWS_MOST) if (given := sent.get(f"n:{name_of(path)}", "0")).isdecimal() else 0
        )
        return [_table(entry.entries, sent, (*path, at), _row(before, at)) for at in range(count)] or None
    return _single(entry, sent, name_of(path), path)


def _row(rows: list[Any], at: int) -> Table:
    return dict(rows[at]) if at < len(rows) and isinstance(rows[at], dict) else {}


def _single(field: Field, sent: Any, name: str, path: Sequence[str | int]) -> Any:
    """A value as the codec reads it; what is no number stays as it was typed, and the check says so."""
    if field.kind in {As.MANY, As.BODIES}:
        ticked = [one for one in sent.getlist(name) if one]
        return ([_body(one) for one in ticked] if field.kind is As.BODIES else ticked) or None
    given = sent.get(name, "").replace("\r\n", "\n").strip()
    if not given:
        return None
    if field.kind is As.LINES:
        return [line.strip() for line in given.split("\n") if line.strip()]
    if field.kind is As.WHOLES:
        parts = given.replace("，", ",").replace("、", ",").split(",")
        return [_whole(one.strip()) for one in parts if one.strip()]
    if field.kind is As.WHOLE:
        return _whole(given)
    if field.kind is As.TICK:
        return True
    if field.kind is As.YES_NO:
        return given == "yes"
    return _body(given) if field.kind is As.BODY else given


def _whole(given: str) -> int | str:
    plain = given.removeprefix("-")
    return int(given) if plain.isascii() and plain.isdigit() and len(plain) < 10 else given


def _body(given: str) -> dict[str, str]:
    role, _, unit = given.partition("@")
    return {"role": role, "unit": unit}


def name_of(path: Sequence[str | int]) -> str:
    """The name of a control: legs.0.body."""
    return ".".join(map(str, path))


def path_of(name: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdecimal() else step for step in name.split(".") if step)


def act_on(part: Part, values: Table, act: str) -> tuple[Table, str]:
    """Do `add:legs`, `remove:legs.2`, `up:legs.2` or `down:legs.2`; the values after it, and the name to go to."""
    verb, _, name = act.partition(":")
    path = path_of(name)
    rows = find_rows(part, path if verb == "add" else path[:-1])
    if rows is None or not path:
        return values, ""
    place = path if verb == "add" else path[:-1]
    owner = table_at(values, place[:-1])
    entries = [entry for entry in owner.get(str(place[-1]), []) if isinstance(entry, dict)]
    if verb == "add" and len(entries) < ROWS_MOST:
        entries.append(fresh(rows, entries, owner))
        at = len(entries) - 1
    else:
        at = _moved(entries, verb, path[-1])
    owner[str(place[-1])] = entries
    if not entries:
        owner.pop(str(place[-1]))
    return placed(values, place[:-1], owner), name_of((*place, at)) if entries else name_of(place)


def _moved(entries: list[Any], verb: str, step: str | int) -> int:
    at = step if isinstance(step, int) else -1
    if not 0 <= at < len(entries):
        return 0
    if verb == "remove":
        entries.pop(at)
        return max(min(at, len(entries) - 1), 0)
    to = at - 1 if verb == "up" else at + 1
    if verb in {"up", "down"} and 0 <= to < len(entries):
        entries[at], entries[to] = entries[to], entries[at]
        return to
    return at


def fresh(rows: Rows, entries: Sequence[Table], owner: Table) -> Table:
    """A new row, known by a code that no other has: 3, 1.4, leg-5."""
    if not rows.identity:
        return {}
    taken = {str(entry.get(rows.identity, "")) for entry in entries}
    stem = (
        f"{rows.stem}-"
        if rows.stem
        else f"{owner['code']}."
        if owner.get("code") and rows.key == "criteria"
        else ""
    )
    number = next(n for n in range(len(entries) + 1, ROWS_MOST * 2 + 2) if f"{stem}{n}" not in taken)
    return {rows.identity: f"{stem}{number}"}


def find_rows(part: Part, path: Sequence[str | int]) -> Rows | None:
    """The rows that a path of this part leads to."""
    if tuple(path[: len(part.path)]) != part.path:
        return None
    found = None
    entries: Sequence[Entry] = part.entries
    for step in path[len(part.path) :]:
        if isinstance(step, int):
            continue
        found = next((one for one in flat(entries) if not isinstance(one, Fold) and one.key == step), None)
        if found is None or isinstance(found, Field):
            return None
        entries = found.entries
    return found if isinstance(found, Rows) else None


def flat(entries: Sequence[Entry]) -> list[Entry]:
    """Entries with those of folds in their place."""
    return [inner for one in entries for inner in (flat(one.entries) if isinstance(one, Fold) else [one])]
