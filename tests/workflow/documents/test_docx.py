"""Minutes as WordprocessingML, read back with the standard library."""

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

from services.workflow.documents.docx import minutes_docx
from tests.workflow.documents.cast import MINUTES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.testzip() is None
        parts = {name: ElementTree.fromstring(book.read(name)) for name in book.namelist()}
    return parts["word/document.xml"]


def paragraphs(paper):
    body = document(minutes_docx(paper))[0]
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.findall(f"{W}p")]


def rows(paper):
    table = document(minutes_docx(paper)).find(f".//{W}tbl")
    return [
        ["".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")]
        for row in table.iter(f"{W}tr")
    ]


def test_the_minutes_say_all_that_the_paper_says():
    said = paragraphs(MINUTES)

    for words in (
        "云岭区精神文明建设委员会会议纪要",
        "〔2026〕第4期",
        "时间：2026年9月18日",
        "地点：区行政中心第二会议室",
        "方式：无记名投票",
        "法定人数：应到3人，到会须满2人，实到2人",
        "出席：许静（主任）、高远（委员）",
        "请假：韩冰（委员，公务外出）",
        "回避：无",
        "会议逐项表决了拟命名名单。",
        "计票人（签名）：________________　高远",
        "监票人（签名）：________________　许静",
    ):
        assert words in said


def test_the_count_of_each_line_stands_in_the_table():
    assert rows(MINUTES) == [
        ["序号", "单位", "赞成", "反对", "弃权", "无效", "回避", "结果"],
        ["1", "松风社区", "2", "0", "0", "0", "0", "通过"],
    ]
    assert rows(replace(MINUTES, secret=False))[0] == ["序号", "单位", "赞成", "反对", "弃权", "回避", "结果"]


def test_markup_in_a_text_stays_text():
    said = paragraphs(replace(MINUTES, place="<w:p>&一号楼", paragraphs=("]]><b>",)))

    assert "地点：<w:p>&一号楼" in said
    assert "]]><b>" in said


def test_the_same_minutes_give_the_same_bytes_on_a4():
    content = minutes_docx(MINUTES)
    size = document(content).find(f".//{W}pgSz")

    assert content == minutes_docx(MINUTES)
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")


def test_an_example_says_so():
    marked = [paragraphs(replace(MINUTES, example=example))[0] for example in (True, False)]

    assert ["示例" in words for words in marked] == [True, False]
