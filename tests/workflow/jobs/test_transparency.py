"""The rings of the log: files of decisions first."""

import hashlib

from services.workflow.commands.papers import NOT_MADE
from services.workflow.documents import fonts
from services.workflow.documents.making import pdf_of
from services.workflow.jobs.transparency import make_papers
from services.workflow.models import DocumentFile
from services.workflow.queries.papers import papers_to_make


def test_a_decision_gets_the_digest_of_its_file_once(d):
    paper = DocumentFile.objects.get(kind="resolution")
    DocumentFile.objects.update(sha256="")

    make_papers()

    paper.refresh_from_db()
    assert paper.sha256 == hashlib.sha256(pdf_of(paper)).hexdigest()
    assert papers_to_make(10) == []


def test_one_that_cannot_be_made_keeps_no_other_waiting(d, settings, tmp_path, monkeypatch):
    DocumentFile.objects.update(sha256="")
    settings.FILES_DIR = tmp_path
    monkeypatch.setattr(fonts, "shelf", lambda: fonts.FontShelf(folders=(), system=False))

    make_papers()

    assert list(DocumentFile.objects.values_list("sha256", flat=True)) == [NOT_MADE]
