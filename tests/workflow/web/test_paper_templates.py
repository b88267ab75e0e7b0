"""The administrators' page of document templates: tried on an example, used, gone back from."""

import io
import zipfile

import docx
import pytest

from services.workflow.documents.editable import SHIPPED, Whose, template_of
from services.workflow.documents.papers import NoticePaper
from services.workflow.models import PaperTemplate
from tests.workflow.web.desk import Desk, hidden, words

PAGE = "/administration/templates"


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    settings.PAPER_TEMPLATES = tmp_path / "none"


def changed(old: str, new: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(SHIPPED / "notice.docx") as book, zipfile.ZipFile(target, "w") as copy:
        for member in book.namelist():
            copy.writestr(member, book.read(member).decode().replace(old, new))
    return target.getvalue()


def upload(desk: Desk, content: bytes, name: str = "公示.docx", **fields):
    file = io.BytesIO(content)
    file.name = name
    page = {key: value for key, value in hidden(desk.get(PAGE)).items() if key != "paper"}
    return desk.client.post(PAGE, {**page, "act": "put", "paper": "notice", "file": file, **fields})


def text_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def test_a_template_is_used_from_then_on_and_the_page_says_whose(d):
    desk = Desk("system-admin")

    answer = upload(desk, changed("{{ period }}", "公示时间：{{ period }}"))

    assert answer.status_code == 302
    page = words(desk.get(PAGE))
    assert "已启用新模板：公示。" in page and "公示.docx" in page and "上传的模板" in page
    assert "公示时间：" in text_of(desk.get(f"{PAGE}/notice/specimen.docx").content)
    assert template_of(NoticePaper).whose == Whose.UPLOADED


def test_the_one_in_use_is_there_to_be_changed(d):
    answer = Desk("system-admin").get(f"{PAGE}/notice.docx")

    assert answer.content == (SHIPPED / "notice.docx").read_bytes()
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (changed("{{ period }}", "{{ perod }}"), "模板未采用：本类文件没有字段 {{ perod }}。"),
        (changed("{{ mark }}", ""), "mark"),
        (b"no package", "docx"),
    ],
)
def test_a_faulty_one_is_not_taken_and_says_why_at_the_field(d, content, said):
    answer = upload(Desk("system-admin"), content)

    assert (answer.status_code, PaperTemplate.objects.count()) == (422, 0)
    assert said in words(answer)
    assert 'aria-invalid="true"' in answer.content.decode()


def test_going_back_uses_the_earlier_one(d):
    desk = Desk("system-admin")
    upload(desk, changed("{{ period }}", "期限 {{ period }}"))

    page = hidden(desk.get(PAGE))
    answer = desk.post(PAGE, **{**page, "act": "drop", "paper": "notice", "seen": "1"})

    assert answer.status_code == 302
    assert template_of(NoticePaper).whose == Whose.SHIPPED
    assert "恢复原模板" in words(desk.get(PAGE))


def test_somebody_who_looked_before_another_change_is_told(d):
    desk = Desk("system-admin")
    upload(desk, changed("{{ period }}", "甲 {{ period }}"))

    answer = upload(desk, changed("{{ period }}", "乙 {{ period }}"), seen="0")

    assert (answer.status_code, PaperTemplate.objects.count()) == (409, 1)
    assert "已有人更换" in words(answer)


def test_a_file_that_is_gone_from_the_store_is_said_and_can_be_gone_back_from(d, settings, tmp_path):
    desk = Desk("system-admin")
    upload(desk, changed("{{ period }}", "期限 {{ period }}"))
    settings.FILES_DIR = tmp_path / "another"

    page = desk.get(PAGE)

    assert "已不在存储中" in words(page) and "恢复原模板" in words(page)
    assert desk.get(f"{PAGE}/notice.docx").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("security-admin", 200), ("audit-admin", 200), ("office", 403), ("songxi", 403)]
)
def test_who_looks_at_the_page(d, who, status):
    page = Desk(who).get(PAGE)

    assert (page.status_code, "检查并启用" in words(page)) == (status, False)


def test_a_paper_that_has_none_is_not_found(d):
    assert Desk("system-admin").get(f"{PAGE}/letter.docx").status_code == 404
