"""Programmes on their project notice, for everybody."""

import datetime as dt
from dataclasses import replace

from services.workflow.commands import due
from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.programme_rules import Admission
from tests.workflow.cast import DEFINITION, NOW, set_clock, take
from tests.workflow.web.desk import Desk, words


def test_an_approved_programme_is_shown_until_its_notice_ends(d):
    asked = Admission(participants=600, reward="不发奖金", notice_working_days=5)
    definition = replace(DEFINITION, code="second", name="美丽社区创建", admission=asked)
    programme = publish_version(definition, by=SYSTEM, key=None)["programme"]
    take("programme", programme, "propose", d.people["office"])
    before = words(Desk().get("/project-notices"))

    take("programme", programme, "admit", d.people["leading-group"])

    shown = words(Desk().get("/project-notices"))
    assert "没有正在公示的项目" in before
    assert (
        "美丽社区创建" in shown
        and "参评规模 600" in shown
        and "项目公示 5 个工作日，至 2026年3月9日" in shown
    )
    assert Desk().get("/notices").text.count("/project-notices") == 1


def test_a_project_notice_has_its_own_page_and_keeps_it(d):
    asked = Admission(participants=600, notice_working_days=5)
    definition = replace(DEFINITION, code="second", name="美丽社区创建", admission=asked)
    programme = publish_version(definition, by=SYSTEM, key=None)["programme"]
    address = f"/project-notices/{programme}"
    take("programme", programme, "propose", d.people["office"])
    before = Desk().get(address).status_code

    take("programme", programme, "admit", d.people["leading-group"])
    shown = words(Desk().get(address))
    set_clock(NOW + dt.timedelta(days=10))
    due.fire_due()
    after = words(Desk().get(address))

    assert before == 404
    assert "项目公示：美丽社区创建 2026年3月2日 - 2026年3月9日 （5 个工作日）" in shown
    assert "街镇初评" in shown
    assert "公示期满，该项目已准入。" in after and "剩余" not in after
    assert "核验本公示" in after


def test_a_programme_that_asked_again_is_shown_from_its_second_approval(d):
    asked = Admission(participants=600, notice_working_days=5)
    definition = replace(DEFINITION, code="second", name="美丽社区创建", admission=asked)
    programme = publish_version(definition, by=SYSTEM, key=None)["programme"]
    take("programme", programme, "propose", d.people["office"])
    take("programme", programme, "admit", d.people["leading-group"])
    set_clock(NOW + dt.timedelta(days=10))
    due.fire_due()
    changed = replace(definition, admission=replace(asked, reward="每个社区 1 万元"))
    publish_version(changed, by=SYSTEM, key=None)
    take("programme", programme, "propose", d.people["office"])
    take("programme", programme, "admit", d.people["leading-group"])

    shown = words(Desk().get(f"/project-notices/{programme}"))

    assert "2026年3月12日 - 2026年3月19日 （5 个工作日）" in shown
