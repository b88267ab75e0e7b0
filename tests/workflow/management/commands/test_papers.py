"""manage.py papers: templates written out, and the check that finds a broken one."""

import pytest

from services.workflow.documents.editable import NAMES
from tests.workflow.management.commands.test_units import run


@pytest.fixture(autouse=True)
def own(d, settings, tmp_path):
    settings.PAPER_TEMPLATES = tmp_path / "own"
    return settings.PAPER_TEMPLATES


def test_templates_are_written_and_found_sound(own):
    code, said = run("write", command="papers")

    assert (code, said[-1]) == (0, f"已写出 {len(NAMES)} 个模板到 {own}，原有的不动。")
    assert run("check", command="papers") == (0, [f"{name}（本单位）：可用" for name in NAMES.values()])


def test_a_broken_template_is_told_and_ends_with_1(own):
    own.mkdir()
    (own / "notice.docx").write_bytes(b"no package")

    code, said = run("check", command="papers")

    assert code == 1
    assert [line for line in said if line.startswith("notice.docx（本单位）：") and "可用" not in line] != []
    assert sum(line.endswith("（自带）：可用") for line in said) == len(NAMES) - 1
