from services.workflow.models import PaperTemplate
from services.workflow.queries.paper_templates import changes, last_number, newest
from tests.workflow import cast


def changed(name: str, number: int, sha256: str) -> PaperTemplate:
    return PaperTemplate.objects.create(name=name, number=number, sha256=sha256, at=cast.NOW)


def test_the_last_change_of_a_name_counts(d):
    changed("notice", 1, "a" * 64)
    last = changed("notice", 2, "b" * 64)
    changed("plaque", 3, "c" * 64)

    assert (newest("notice"), newest("minutes")) == (last, None)


def test_all_changes_come_newest_first(d):
    before = last_number()
    made = [changed(name, number, "") for number, name in enumerate(("notice", "plaque", "minutes"), 1)]

    assert (before, changes(), last_number()) == (0, made[::-1], 3)
