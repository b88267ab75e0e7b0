"""`python -m bench [NAME …]`: run the benches and print a JSON object a line."""

import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType

from bench.place import Place
from bench.row import Row

# Each is a module of this folder with `rows(place) -> Iterator[Row]`.
BENCHES = (
    "decision", "http", "bulk", "inbox", "scoring", "imports", "timers", "documents", "year", "public",
    "fanout", "push",
)  # fmt: skip


def chosen(asked: Sequence[str]) -> list[str]:
    """The benches asked for, all of them when none is; raises SystemExit for an unknown name."""
    unknown = sorted(set(asked) - set(BENCHES))
    if unknown:
        raise SystemExit(f"没有此项测速 / no such bench: {' '.join(unknown)}; {' '.join(BENCHES)}")
    return [name for name in BENCHES if not asked or name in asked]


def measured(modules: Sequence[ModuleType]) -> Iterator[Row]:
    """One place for each bench: what one leaves behind does not weigh on the next."""
    for module in modules:
        with Place() as place:
            yield from module.rows(place)


def main(asked: Sequence[str]) -> None:
    modules = [importlib.import_module(f"bench.{name}") for name in chosen(asked)]
    for row in measured(modules):
        print(row.line(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or os.environ.get("ONLY", "").split())
