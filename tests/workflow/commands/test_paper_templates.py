"""A template of the site's own: who may put it there, what is taken in, and two who change it at once."""

import io
import zipfile
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from services.workflow.commands.paper_templates import drop_template, put_template
from services.workflow.documents.editable import NAMES, SHIPPED
from services.workflow.models import PaperTemplate
from services.workflow.models.paper_template import PAPER_NAMES
from services.workflow.queries.paper_templates import changes
from services.workflow.queries.stored import path_of
from tests.races import at_once, codes
from tests.workflow.commands.refusing import refusal

CONTENT = (SHIPPED / "notice.docx").read_bytes()


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def put(d, content=CONTENT, name="notice", filename="公示.docx", who="system-admin", seen=0, key=None):
    return put_template(name, content, filename, seen=seen, by=d.people[who], key=key or uuid4())


def with_word(word: bytes) -> bytes:
    """The shipped template with a note in it, so that its bytes differ."""
    target = io.BytesIO(CONTENT)
    with zipfile.ZipFile(target, "a") as package:
        package.comment = word
    return target.getvalue()


def test_every_paper_with_a_template_has_a_name():
    assert {f"{name}.docx" for name in PAPER_NAMES} == set(NAMES.values())


def test_a_template_is_kept_with_who_put_it_there(d):
    answer = put(d)

    row = PaperTemplate.objects.get()
    assert (answer, row.filename, row.by_id) == (
        {"name": "notice", "number": 1},
        "公示.docx",
        d.people["system-admin"].office_id,
    )
    assert path_of(row.sha256).read_bytes() == CONTENT


def test_going_back_is_a_change_of_its_own(d):
    put(d)

    drop_template("notice", seen=1, by=d.people["system-admin"], key=uuid4())

    assert [(one.number, bool(one.sha256)) for one in changes()] == [(2, False), (1, True)]


def test_the_file_in_use_and_going_back_from_nothing_change_nothing(d):
    drop_template("minutes", seen=0, by=d.people["system-admin"], key=uuid4())
    put(d)
    again = put(d, seen=1)

    assert (again["number"], PaperTemplate.objects.count()) == (1, 1)


def test_a_repeated_key_gets_the_first_answer(d):
    key = uuid4()

    assert put(d, key=key) == put(d, key=key)
    assert refusal(partial(put, d, with_word(b"x"), key=key)) == "key_reused"


@pytest.mark.parametrize("who", ["office", "security-admin", "songxi"])
def test_only_the_system_administrator_changes_it(d, tmp_path, who):
    assert refusal(partial(put, d, who=who)) == "step.not_yours"
    assert (PaperTemplate.objects.count(), list(tmp_path.iterdir())) == (0, [])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"content": b""}, "file.empty"),
        ({"content": b"%PDF-1.4 text"}, "file.kind_forbidden"),
        ({"filename": "notice.pdf"}, "file.kind_mismatch"),
        ({"content": CONTENT + bytes(5 * 1024 * 1024)}, "file.too_large"),
        ({"content": CONTENT[:2000]}, "file.kind_forbidden"),
        ({"name": "letter"}, "template.unknown"),
        ({"seen": 1}, "template.overtaken"),
    ],
)
def test_what_is_not_taken_leaves_nothing(d, given, code):
    assert refusal(partial(put, d, **given)) == code
    assert PaperTemplate.objects.count() == 0


def test_a_package_that_unpacks_to_too_much_is_not_opened(d):
    target = io.BytesIO(CONTENT)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/large.bin", bytes(51 * 1024 * 1024))

    assert refusal(partial(put, d, target.getvalue())) == "file.too_large"


def test_a_change_stays_as_it_was_kept(d):
    put(d)

    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("UPDATE workflow_papertemplate SET filename = 'x'")


def test_of_eight_at_once_one_is_used(committed, scale):
    for number in range(scale(20, 200)):
        files = [with_word(f"{number}-{each}".encode()) for each in range(8)]

        results = at_once(*[partial(put, committed, content, seen=number) for content in files])

        assert codes(results) == ["done", *["template.overtaken"] * 7]
        assert PaperTemplate.objects.count() == number + 1
