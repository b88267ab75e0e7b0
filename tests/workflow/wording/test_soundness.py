"""Every flaw has a sentence, in both languages and with its numbers."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils.translation import override

import services.workflow
from services.workflow.domain.flaws import Flaw
from services.workflow.domain.programme import Track
from services.workflow.domain.stages import UnitKind
from services.workflow.wording.soundness import FLAWS, flaw_line, flaw_sentence
from tests.workflow.domain.samples import DEFINITION

SOURCES = Path(services.workflow.__file__).parent.joinpath("domain").glob("sound_*.py")
CODE = re.compile(r'"((?:route|body|quorum|quota|ladder|notice|scoring|dates)\.[a-z_]+)"')
PARAMS = (
    *("stage", "mode", "leg", "criteria", "unit", "number", "first", "body", "kinds", "needed"),
    *("filed", "ends", "closes", "field", "where", "way"),
)


def test_every_flaw_in_use_has_a_sentence_and_no_sentence_is_left_over() -> None:
    used = {code for source in SOURCES for code in CODE.findall(source.read_text(encoding="utf-8"))}

    assert used == set(FLAWS)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("code", FLAWS)
def test_every_sentence_can_be_filled_in(code: str, language: str) -> None:
    params = {name: f"<{name}>" for name in PARAMS} | {"role": "town"}

    with override(language):
        sentence = flaw_sentence(Flaw(code, params))

    assert "%(" not in sentence
    assert bool(re.search("[一-鿿]", sentence)) is (language == "zh-hans")


def test_a_line_names_the_track_and_the_way() -> None:
    tracked = replace(DEFINITION, tracks=(Track("person", "个人", (UnitKind.PERSON,)),))
    flaw = Flaw("route.unreachable", {"leg": "naming"}, ("declare", "naming"), "person")

    with override("zh-hans"):
        line = flaw_line(flaw, tracked)
    with override("en"):
        main = flaw_line(replace(flaw, track=""), tracked)

    assert line == "路线：个人 · 自我申报(declare) → 命名表彰(naming) · 没有申报能走到环节“naming”。"
    assert main == "自我申报(declare) → 命名表彰(naming) · No case ever comes to the leg “naming”."
