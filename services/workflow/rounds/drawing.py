"""The flows as BPMN 2.0 and SVG, by viewflow's own layout and templates; a round colours its flow."""

import re
from pathlib import Path

import viewflow
from django.template.backends.django import DjangoTemplates
from django.utils.translation import pgettext
from viewflow.workflow import chart

from services.workflow.models.round import Round
from services.workflow.rounds.flows import RoundFlow

ANSWER = re.compile(r">\s*(yes|no)\s*</text>")
# An engine of their own: in the project's, viewflow's error pages would stand behind ours.
_templates = DjangoTemplates(
    {
        "NAME": "viewflow",
        "DIRS": [Path(viewflow.__file__).parent / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {},
    }
)


def svg(flow: type[RoundFlow], round_: Round | None = None) -> str:
    """A drawing of a flow."""
    grid = chart.calc_layout_data(flow)
    if round_ is not None:
        chart.calc_cell_status(flow, grid, round_.pk)
    drawn = _render("graph.svg", grid=grid, cells=grid.cells, edges=grid.edges)
    return ANSWER.sub(lambda found: f">{_answer(found[1])}</text>", drawn)


def _answer(word: str) -> str:
    """viewflow names the branches of a question in English only."""
    return pgettext("branch of a flow", "yes") if word == "yes" else pgettext("branch of a flow", "no")


def bpmn(flow: type[RoundFlow], round_: Round | None = None) -> str:
    """A flow in BPMN 2.0, readable by any tool that knows it."""
    grid = chart.calc_layout_data(flow)
    if round_ is not None:
        chart.calc_cell_status(flow, grid, round_.pk)
    return _render(
        "graph.bpmn",
        grid=grid,
        cells=grid.cells,
        edges=grid.edges,
        process_id="id_process_" + re.sub(r"\W", "_", flow.instance.flow_label),
        process_name=str(flow.process_title),
        compensations=[],
    )


def _render(template: str, **context: object) -> str:
    text = _templates.get_template(f"viewflow/workflow/{template}").render(context)
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"
