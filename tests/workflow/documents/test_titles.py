import pytest

from services.workflow.documents.titles import TITLE_CELLS, balanced, width


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于命名表彰2026年度文明社区的决定", ("关于命名表彰2026年度文明社区的决定",)),
        ("关于云岭区2026年度文明社区拟命名名单的公示", ("关于云岭区2026年度", "文明社区拟命名名单的公示")),
        (
            "关于取消桂苑社区等2个社区“云岭区文明社区”称号的决定",
            ("关于取消桂苑社区等2个社区", "“云岭区文明社区”称号的决定"),
        ),
        (
            "中共云岭区委　云岭区人民政府关于命名表彰2026年度文明社区的决定",
            ("中共云岭区委　云岭区人民政府", "关于命名表彰2026年度文明社区的决定"),
        ),
    ],
)
def test_long_titles_break_where_a_reader_pauses(title, lines):
    assert balanced(title) == lines


@pytest.mark.parametrize("title", ["国" * 205, "A" * 100, "《" + "国" * 60 + "》", "、" * 50])
def test_whatever_the_title_no_line_is_too_long_and_nothing_is_lost(title):
    lines = balanced(title)

    assert max(width(line) for line in lines) <= TITLE_CELLS
    assert "".join(lines) == title


def test_no_line_begins_with_a_stop():
    title = "云岭区关于命名表彰2026年度文明单位、文明社区、文明村镇、文明家庭、文明校园和先进个人的决定"

    assert [line for line in balanced(title) if line[0] in "、，。的"] == []
    assert "".join(balanced(title)) == title


def test_figures_and_latin_letters_take_half_a_cell():
    assert width("2026年度AB") == 5
