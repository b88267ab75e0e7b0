"""An officer who reads no TOML builds a programme of document 003's shape from an empty form, by clicks alone."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from playwright.sync_api import Locator, Page, expect

from services.workflow.domain.definition_codec import definition_from_dict
from services.workflow.domain.stages import Mode, Role, Stage
from services.workflow.models import Programme, ProgrammeVersion
from tests.browser.conftest import PHONE, Site

NAME = "美丽社区创建"
# name, stage, mode, who, term, further fields
LEGS: tuple[tuple[str, str, str, str, str, dict[str, str]], ...] = (
    ("社区自查申报", "自我申报", "单独办理", "申报单位本身", "", {"pass_mark": "80"}),
    ("街道自查", "初评", "单独办理", "申报单位所在街镇", "10", {"own_check": "1", "pass_mark": "80"}),
    ("区级自查和申报", "初评", "单独办理", "dep-org社区", "10", {"own_check": "1", "pass_mark": "80"}),
    (
        "市级评估验收",
        "组织评选",
        "部门评议",
        "office社区",
        "10",
        {"bodies": "committee社区", "each_member": "1"},
    ),
    ("确定达标名单", "组织评选", "单独办理", "committee社区", "5", {}),
    ("公示", "公示", "公示", "office社区", "", {}),
    ("命名表彰", "命名表彰", "单独办理", "office社区", "10", {}),
)
# Six projects (六项工程) that come to a hundred points.
INDICATORS = (
    ("居民民主自治", "20"),
    ("社区管理深化", "20"),
    ("社区服务提升", "20"),
    ("社区文化繁荣", "15"),
    ("社区环境优化", "15"),
    ("社区平安建设", "10"),
)


@dataclass
class Form:
    """One part of the draft on the screen."""

    page: Page

    def box(self, path: str) -> Locator:
        return self.page.locator(f"#f-{path}")

    def fill(self, path: str, value: str) -> None:
        self.box(path).fill(value)

    def choose(self, path: str, words: str) -> None:
        self.box(path).select_option(label=words)

    def tick(self, path: str, words: str) -> None:
        self.box(path).get_by_label(words, exact=True).check()

    def add(self, words: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=f"添加{words}", exact=True).first.click()

    def unfold(self, row: str, words: str) -> None:
        fold = self.box(row).locator("details", has=self.page.get_by_text(words, exact=True)).first
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()

    def go_on(self) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=re.compile("^保存，继续填写")).click()

    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()


def begin(page: Page) -> Form:
    page.goto("/programmes")
    page.get_by_role("link", name="拟定新项目").click()
    page.get_by_label("项目名称").fill(NAME)
    page.get_by_role("button", name="开始拟定").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("名称与主办单位")
    return Form(page)


def name_it(form: Form) -> None:
    form.fill("title", "美丽社区")
    form.fill("summary", "以社区为单位，三级自查各 80 分以上，评审委员会验收，公示无异议的命名。")
    form.tick("subject_kinds", "社区")
    form.choose("decided_by", "committee社区")
    form.fill("issuers", "云岭区民政局")
    form.fill("legal_basis", "美丽社区建设实施方案")
    form.go_on()


def lay_the_route(form: Form) -> None:
    """The first and the last leg are there; five come in between and are moved before the last."""
    for at, (name, stage, mode, who, term, more) in enumerate(LEGS):
        last = len(LEGS) - 1
        if 0 < at < last:
            form.add("环节")
            with form.page.expect_navigation():
                form.box(f"legs-{at + 1}").get_by_role("button", name="上移").click()
        form.fill(f"legs-{at}-name", name)
        form.choose(f"legs-{at}-stage", stage)
        form.choose(f"legs-{at}-mode", mode)
        form.choose(f"legs-{at}-body", who)
        form.fill(f"legs-{at}-due_days", term)
        further(form, at, more)
    form.go_on()


def further(form: Form, at: int, more: dict[str, str]) -> None:
    if "own_check" in more:
        form.box(f"legs-{at}-own_check").check()
    if "pass_mark" in more:
        form.fill(f"legs-{at}-pass_mark", more["pass_mark"])
    if "bodies" in more:
        form.unfold(f"legs-{at}", "参加单位与规则")
        form.tick(f"legs-{at}-bodies", more["bodies"])
        form.box(f"legs-{at}-scoring-each_member").check()


def list_the_indicators(form: Form) -> None:
    for at, (name, points) in enumerate(INDICATORS):
        form.add("评分项")
        form.fill(f"standard-indicators-{at}-name", name)
        form.fill(f"standard-indicators-{at}-points", points)
    form.go_on()


def write_the_criteria(form: Form) -> None:
    """One criterion for each project; the third has one for old communities and one for new ones."""
    for at, (name, points) in enumerate(INDICATORS):
        assert form.heading() == f"{at + 1} {name}"
        for n, category in enumerate(["老旧社区", "新建社区"] if at == 2 else [""]):
            path = f"standard-indicators-{at}-criteria-{n}"
            form.add("评分条")
            form.fill(f"{path}-name", f"{name}{category}")
            form.fill(f"{path}-points", points)
            form.choose(f"{path}-scorer", "committee社区")
            if category:
                form.tick(f"{path}-categories", category)
        form.go_on()


def set_the_marks(form: Form) -> None:
    form.fill("pass_mark", "80")
    for at, name in enumerate(["老旧社区", "新建社区"]):
        form.add("类别")
        form.fill(f"categories-{at}-name", name)
    form.choose("quota-kind", "至少")
    form.fill("quota-number", "12")


def supervise(form: Form) -> None:
    form.fill("supervision-rereview_every_years", "1")
    form.choose("supervision-revocation_decider", "committee社区")


def to_part(form: Form, words: str) -> None:
    with form.page.expect_navigation():
        form.page.get_by_role("button", name="保存并返回列表").click()
    form.page.locator("main").get_by_role("link", name=words, exact=True).click()
    expect(form.page.get_by_role("heading", level=1)).to_have_text(words)


def build(form: Form) -> None:
    name_it(form)
    to_part(form, "达标线、名额与等级")
    set_the_marks(form)
    to_part(form, "办理路线")
    lay_the_route(form)
    list_the_indicators(form)
    write_the_criteria(form)
    to_part(form, "公示")
    form.fill("notice-working_days", "5")
    to_part(form, "动态管理")
    supervise(form)
    to_part(form, "名称与主办单位")


def check_by_clicks(form: Form) -> None:
    """A number is broken and put right again by way of the list of faults."""
    to_part(form, "达标线、名额与等级")
    form.fill("pass_mark", "八十")
    with form.page.expect_navigation():
        form.page.get_by_role("button", name="保存并返回列表").click()
    form.page.get_by_role("link", name="检查").click()
    form.page.wait_for_url(re.compile("/check$"))
    listed = form.page.locator("main .lines li").all_inner_texts()
    assert ["".join(one.split()) for one in listed] == ["达标线：此处应为数字。"]
    expect(form.page.get_by_role("heading", level=1)).to_have_text("1 处待改")
    form.page.get_by_role("link", name="达标线", exact=True).click()
    expect(form.box("pass_mark")).to_have_attribute("aria-invalid", "true")
    form.fill("pass_mark", "80")
    with form.page.expect_navigation():
        form.page.get_by_role("button", name="保存并返回列表").click()
    form.page.get_by_role("link", name="检查").click()
    expect(form.page.get_by_role("heading", level=1)).to_have_text("没有发现问题")


def published() -> Any:
    return definition_from_dict(
        ProgrammeVersion.objects.get(programme=Programme.objects.get(name=NAME)).definition
    )


def test_programme_003_is_built_from_an_empty_form_and_published_by_a_colleague(site: Site) -> None:
    form = begin(site.desk("office").page)
    build(form)
    check_by_clicks(form)
    address = form.page.url.removesuffix("/check")
    form.page.goto(f"{address}/publish")
    expect(form.page.get_by_text("请由本单位另一位同事审阅后发布")).to_be_visible()
    colleague = site.desk("office2", f"{address}/publish").page
    colleague.get_by_role("button", name="发布该版本").click()
    expect(colleague.get_by_text("第 1 版已发布")).to_be_visible()

    made = published()
    assert [(leg.name, leg.stage, leg.mode) for leg in made.legs] == [
        ("社区自查申报", Stage.DRAFT, Mode.SINGLE),
        ("街道自查", Stage.PRELIMINARY_REVIEW, Mode.SINGLE),
        ("区级自查和申报", Stage.PRELIMINARY_REVIEW, Mode.SINGLE),
        ("市级评估验收", Stage.EVALUATION, Mode.SCORING),
        ("确定达标名单", Stage.EVALUATION, Mode.SINGLE),
        ("公示", Stage.NOTICE, Mode.NOTICE),
        ("命名表彰", Stage.NAMING, Mode.SINGLE),
    ]
    assert [leg.own_check for leg in made.legs[:3]] == [False, True, True]
    assert [leg.pass_mark for leg in made.legs[:3]] == [Decimal(80)] * 3
    assert (made.legs[3].scoring.each_member, made.legs[3].bodies[0].role) == (True, Role.COMMITTEE)
    assert [(one.name, str(one.points)) for one in made.indicators] == list(INDICATORS)
    assert [one.name for one in made.categories] == ["老旧社区", "新建社区"]
    assert [criterion.categories for criterion in made.indicators[2].criteria] == [
        ("category-1",),
        ("category-2",),
    ]
    assert (made.notice.working_days, made.pass_mark, made.gaps) == (5, Decimal(80), ())


def test_what_is_typed_is_saved_without_a_click_and_the_pages_fit_a_phone(site: Site) -> None:
    form = begin(site.desk("office", viewport=PHONE).page)

    form.box("title").press_sequentially("美丽社区")

    expect(form.page.locator("[data-saved][data-state=saved]")).to_be_visible(timeout=15_000)
    form.page.reload()
    expect(form.box("title")).to_have_value("美丽社区")
    overview = form.page.url.partition("/parts/")[0]
    for place in ("", "/parts/route", "/parts/standard", "/check"):
        form.page.goto(f"{overview}{place}")
        wide = form.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, place


def test_the_form_is_filled_in_by_the_keyboard_alone(site: Site) -> None:
    form = begin(site.desk("office").page)
    keyboard = form.page.keyboard
    form.box("title").focus()

    keyboard.type("美丽社区")
    keyboard.press("Enter")  # the first button of a form saves it and takes nothing out

    form.page.wait_for_url(re.compile("check=1"))
    expect(form.box("title")).to_have_value("美丽社区")
    form.page.goto(form.page.url.replace("names?check=1", "route"))
    form.page.get_by_role("button", name="添加环节").focus()
    keyboard.press("Enter")
    form.page.wait_for_url(re.compile("#f-legs-2$"))
    expect(form.box("legs-2")).to_be_visible()
