import pytest

from services.workflow.documents.fonts import BUNDLED, WANTED, FontShelf, report
from services.workflow.domain.refused import Refused
from tests.workflow.documents.cast import BARE


def test_a_bare_machine_is_served_by_the_bundled_fonts():
    uses = [(use.kind, use.wanted, use.used) for use in BARE.report()]

    assert uses == [
        ("text", "FangSong_GB2312", "Noto Serif SC"),
        ("title", "FZXiaoBiaoSong-B05S", "Noto Serif SC"),
        ("heading", "SimHei", "Noto Sans SC"),
        ("folio", "SimSun", "Noto Serif SC"),
    ]
    assert {use.path for use in BARE.report()} == {
        str(BUNDLED / "NotoSerifSC-Regular.otf"),
        str(BUNDLED / "NotoSansSC-Regular.otf"),
    }


def test_a_light_title_font_is_thickened():
    assert BARE.chosen()["title"].thicken


def test_one_chinese_font_serves_every_kind_where_it_is_the_only_one(tmp_path):
    (tmp_path / "only.otf").symlink_to(BUNDLED / "NotoSansSC-Regular.otf")

    chosen = FontShelf(folders=(tmp_path,), system=False).chosen()

    assert {kind: faces.families for kind, faces in chosen.items()} == dict.fromkeys(
        WANTED, ("Noto Sans SC",)
    )


def test_without_any_chinese_font_the_report_says_so_and_choosing_is_refused(tmp_path):
    empty = FontShelf(folders=(tmp_path,), system=False)

    assert {use.used for use in empty.report()} == {None}
    with pytest.raises(Refused, match=r"document\.font_missing"):
        empty.chosen()


def test_the_report_of_this_machine_names_a_font_for_every_kind():
    assert [use.kind for use in report() if use.used] == list(WANTED)
