import hashlib
from pathlib import Path
from typing import Any

import pytest

from services.workflow.commands.files import FILE_MOST, store
from services.workflow.queries.stored import path_of
from tests.workflow.cast import PDF
from tests.workflow.commands.refusing import refusal


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path
    return tmp_path


def test_a_file_lies_under_its_own_digest(folder: Path) -> None:
    digest = hashlib.sha256(PDF).hexdigest()

    stored = store(PDF, "a.pdf")

    assert (stored.sha256, stored.size, stored.media_type) == (digest, len(PDF), "application/pdf")
    assert path_of(digest) == folder / digest[:2] / digest
    assert path_of(digest).read_bytes() == PDF


def test_the_same_content_is_kept_once_and_nothing_is_left_beside_it(folder: Path) -> None:
    for name in ("a.pdf", "b.PDF"):
        store(PDF, name)

    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_the_largest_file_is_taken_and_one_byte_more_is_not() -> None:
    largest = PDF.ljust(FILE_MOST, b"0")

    assert store(largest, "a.pdf").size == FILE_MOST
    assert refusal(store, largest + b"0", "a.pdf") == "file.too_large"


def test_a_name_leads_nowhere(folder: Path) -> None:
    store(PDF, "../../../etc/a.pdf")

    assert [path.parent.parent for path in folder.rglob("*") if path.is_file()] == [folder]
