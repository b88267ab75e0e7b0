"""The drawing of the machines, beside the code it is drawn from."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from services.workflow.models import Declaration, Honour, Notice, Objection, Programme, Rectification
from services.workflow.models.lifecycle.steps import all_steps

DRAWN = Path(settings.BASE_DIR, "docs", "states.md").read_text(encoding="utf-8")


def test_the_drawing_in_docs_is_that_of_the_machines() -> None:
    drawn = StringIO()

    call_command("states", stdout=drawn)

    assert drawn.getvalue() == DRAWN, "manage.py states --write"


def test_every_step_of_every_kind_is_in_the_drawing() -> None:
    sections = DRAWN.split("## ")[1:]

    for kind, section in zip(
        (Declaration, Honour, Notice, Objection, Rectification, Programme), sections, strict=True
    ):
        name, _, text = section.partition("\n")
        words = set(text.replace("`", " ").replace(",", " ").replace(":", " ").split())
        assert (name, set(all_steps(kind)) - words) == (kind.__name__, set())


def test_an_arrow_reads_from_place_to_place_by_its_steps() -> None:
    assert "    revocation_proposed --> held: retain\n" in DRAWN
    assert "    under_review --> held: retain\n" in DRAWN
    assert "- `released`: `extend`, `recount`\n" in DRAWN
