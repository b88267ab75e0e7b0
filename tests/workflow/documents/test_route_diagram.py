"""The drawing of a route: well-formed, every leg in its order, nothing that a name could break out of."""

from dataclasses import replace
from xml.etree import ElementTree

from django.utils.translation import override

from services.workflow.documents.route_diagram import BOX, EDGE, GAP, route_svg
from services.workflow.domain.programme import Leg
from tests.workflow.cast import DEFINITION, ROUTE

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*legs: Leg, name: str = "示例") -> ElementTree.Element:
    with override("zh-hans"):
        return ElementTree.fromstring(route_svg(replace(DEFINITION, name=name), legs))


def texts(svg: ElementTree.Element) -> list[list[str]]:
    return [[text.text or "" for text in group.iter(f"{SVG}text")] for group in svg.iter(f"{SVG}g")]


def test_each_leg_stands_below_the_one_before_with_body_stage_and_term() -> None:
    svg = drawn(*ROUTE)

    lines = texts(svg)
    tops = [int(box.attrib["y"]) for box in svg.iter(f"{SVG}rect")]
    assert [line[0] for line in lines] == [f"{n}　{leg.name}" for n, leg in enumerate(ROUTE, start=1)]
    assert tops == [EDGE + at * (BOX + GAP) for at in range(len(ROUTE))]
    assert lines[1][1:] == ["申报单位所在街镇", "初评 · 单独办理 · 10 个工作日"]
    assert len(list(svg.iter(f"{SVG}line"))) == len(ROUTE) - 1


def test_a_leg_of_several_bodies_is_drawn_with_a_thicker_edge() -> None:
    svg = drawn(*ROUTE)

    joint = ["joint" in (group.get("class") or "") for group in svg.iter(f"{SVG}g")]
    assert joint == [len(leg.bodies) > 0 or leg.mode == "vote" for leg in ROUTE]


def test_a_spot_check_says_how_many_are_drawn() -> None:
    lines = texts(drawn(replace(ROUTE[1], sample_percent=10)))[0]

    assert lines[1:] == ["抽取 10% · 申报单位所在街镇", "初评 · 单独办理 · 10 个工作日"]


def test_names_are_escaped_and_cut_to_the_line() -> None:
    svg = drawn(replace(ROUTE[1], name='<b>&"甲' * 9), name='"><script>')

    assert svg.get("aria-label", "").startswith('"><script>')
    assert texts(svg)[0][0].startswith('1　<b>&"甲<b>') and texts(svg)[0][0].endswith("…")
    assert list(svg.iter("script")) == []


def test_a_draft_without_legs_is_an_empty_drawing() -> None:
    svg = drawn()

    assert (svg.get("viewBox", "").split()[3], texts(svg)) == (str(2 * EDGE), [])
