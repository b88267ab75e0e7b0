"""`manage.py states` draws the machines as docs/states.md has them; `--write` puts the drawing there."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from services.workflow.models import Declaration, Honour, Notice, Objection, Programme, Rectification
from services.workflow.models.lifecycle.steps import edges

KINDS: tuple[type[Any], ...] = (Declaration, Honour, Notice, Objection, Rectification, Programme)
HEAD = """# States

Drawn from the machines by `manage.py states --write`; a test compares. An arrow is a step, named as in the API.
Steps that lead along the route of the programme may reach any later stage that a route can name next; the database
holds the same edges (migration 0002) and refuses every other.
"""


def drawing() -> str:
    """The whole of docs/states.md."""
    return "\n".join([HEAD, *(line for kind in KINDS for line in _machine(kind))])


def _machine(kind: type[Any]) -> list[str]:
    """One machine: a diagram of the edges between two places, and below it the steps in place."""
    found = sorted(edges(kind))
    arrows: dict[tuple[str, str], list[str]] = {}
    in_place: dict[str, list[str]] = {}
    for source, target, step in found:
        if source == target:
            in_place.setdefault(source, []).append(step)
        else:
            arrows.setdefault((source, target), []).append(step)
    first = str(kind._meta.get_field(kind.FIELD).default)
    lasting = {target for _, target, _ in found} - {source for source, _, _ in found}
    lines = [f"## {kind.__name__}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {first}"]
    lines += [f"    {source} --> {target}: {', '.join(steps)}" for (source, target), steps in arrows.items()]
    lines += [f"    {place} --> [*]" for place in sorted(lasting)]
    lines += ["```", ""]
    if in_place:
        lines += ["In place:", ""]
        lines += [
            f"- `{place}`: {', '.join(f'`{step}`' for step in steps)}" for place, steps in in_place.items()
        ]
        lines.append("")
    return lines


class Command(BaseCommand):
    help = "Draw the machines of all kinds of cases."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/states.md")

    def handle(self, *args: object, **options: Any) -> None:
        if options["write"]:
            Path(settings.BASE_DIR, "docs", "states.md").write_text(drawing(), encoding="utf-8")
        else:
            self.stdout.write(drawing(), ending="")
