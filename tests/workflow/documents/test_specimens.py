"""The papers that templates are tried on."""

from services.workflow.documents.editable import NAMES, SHIPPED
from services.workflow.documents.rendering import TEMPLATE_OF
from services.workflow.documents.specimens import SPECIMENS


def test_there_is_a_specimen_and_a_template_of_every_kind():
    assert [type(paper) for paper in SPECIMENS] == list(NAMES)
    assert set(NAMES) == set(TEMPLATE_OF)
    assert sorted(place.name for place in SHIPPED.glob("*.docx")) == sorted(NAMES.values())


def test_every_specimen_is_an_example():
    assert all(paper.example for paper in SPECIMENS)
