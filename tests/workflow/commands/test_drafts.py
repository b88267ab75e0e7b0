"""Drafts of versions: part by part, guarded by their revision, published by a second person."""

from dataclasses import replace
from typing import Any

import pytest

from services.workflow.commands.drafts import begin_draft, discard_draft, publish_draft, save_draft
from services.workflow.domain.definition_codec import to_dict
from services.workflow.models import Programme, ProgrammeDraft, ProgrammeVersion
from services.workflow.queries.definitions import definition_of
from tests.workflow.cast import DEFINITION, District, take
from tests.workflow.commands.refusing import refusal, refused

NEW = replace(DEFINITION, code="new", name="美丽社区创建")


def begin(d: District, who: str = "office", **given: Any) -> int:
    draft: int = begin_draft(**given, by=d.people[who], key=None)["draft"]
    return draft


def save(d: District, draft: int, revision: int, who: str = "office", **parts: Any) -> dict[str, Any]:
    return save_draft(draft, parts, revision=revision, by=d.people[who])


def publish(d: District, draft: int, revision: int = 0, who: str = "office2") -> dict[str, Any]:
    return publish_draft(draft, revision=revision, by=d.people[who], key=None)


def test_a_new_programme_begins_with_its_host_and_the_legs_that_every_route_has(d: District) -> None:
    draft = ProgrammeDraft.objects.get(pk=begin(d, name="美丽社区创建"))

    values = draft.definition
    assert (values["code"], values["name"], values["scope"]) == (
        "mlsqcj",
        "美丽社区创建",
        "yunling",
    )
    assert values["host"] == {"role": "office", "unit": "office"}
    assert [leg["key"] for leg in values["legs"]] == ["declare", "naming"]
    assert [unit["code"] for unit in values["units"]] == ["yunling", "office"]


def test_the_next_version_begins_with_what_the_newest_says(d: District) -> None:
    draft = begin(d, programme=d.programme)

    kept = ProgrammeDraft.objects.get(pk=draft).definition
    assert {**kept, "units": None} == {**to_dict(DEFINITION), "units": None}
    assert refusal(begin, d, "office2", programme=d.programme) == "draft.exists"


@pytest.mark.parametrize("who", ["songxi", "committee1", "north-office"])
def test_another_body_begins_none_of_a_programme_that_it_does_not_host(d: District, who: str) -> None:
    assert refusal(begin, d, who, programme=d.programme) == "step.not_yours"


@pytest.mark.parametrize("who", ["draft", "dep-org", "investigator", "system-admin"])
def test_some_host_no_programme_at_all(d: District, who: str) -> None:
    assert refusal(begin, d, who, name="新项目") == "step.not_yours"


def test_parts_are_saved_one_by_one_and_faulty_values_are_kept(d: District) -> None:
    draft = begin(d, name="新项目")

    first = save(d, draft, 0, title="新称号", pass_mark="九十")
    second = save(d, draft, first["revision"], pass_mark=None)

    kept = ProgrammeDraft.objects.get(pk=draft).definition
    assert (first["revision"], second["revision"], kept["title"]) == (1, 2, "新称号")
    assert "pass_mark" not in kept


def test_a_part_that_somebody_saved_since_is_not_overwritten_and_others_are_free(d: District) -> None:
    draft = begin(d, name="新项目")
    save(d, draft, 0, "office2", title="新称号")

    stale = refused(save, d, draft, 0, title="别的称号")
    other = save(d, draft, 0, summary="一句话")

    kept = ProgrammeDraft.objects.get(pk=draft).definition
    assert (stale.code, stale.params) == ("overtaken", {"draft": draft, "revision": 1, "part": "title"})
    assert (other["revision"], kept["title"], kept["summary"]) == (2, "新称号", "一句话")


def test_a_draft_is_its_hosts_own(d: District) -> None:
    draft = begin(d, name="新项目")

    found = [
        refusal(save, d, draft, 0, who, title="别的")
        for who in ("songxi", "committee1", "north-office", "dep-org", "leading-group")
    ]

    assert found == ["draft.not_found"] * 5


def test_what_is_no_part_or_is_too_much_is_refused(d: District) -> None:
    draft = begin(d, name="新项目")
    deep: Any = []
    for _ in range(20):
        deep = [deep]

    found = [
        refusal(save, d, draft, 0, nonsense=1),
        refusal(save, d, draft, 0, facts=deep),
        refusal(save, d, draft, 0, facts=[0] * 20_001),
        refusal(save, d, draft, 0, summary="长" * 20_001),
    ]

    assert found == ["draft.unknown_part", "draft.too_large", "draft.too_large", "field.too_long"]


def test_a_second_person_publishes_it(d: District) -> None:
    draft = begin(d, values=to_dict(NEW))
    own = refusal(publish, d, draft, who="office")

    told = publish(d, draft)

    version = ProgrammeVersion.objects.get(pk=told["version"])
    units = definition_of(version.pk).units
    assert (own, definition_of(version.pk), version.published_by_id) == (
        "draft.own_work", replace(NEW, units=units), d.people["office2"].office_id,
    )  # fmt: skip
    added = [unit.code for unit in units[len(NEW.units) :]]
    assert added == ["leading-group", "dep-police", "dep-health"]
    assert not ProgrammeDraft.objects.exists()


def test_whoever_wrote_in_it_last_or_earlier_does_not_publish_it(d: District) -> None:
    draft = begin(d, values=to_dict(NEW))
    save(d, draft, 0, "office2", summary="改过")

    assert [refusal(publish, d, draft, 1, who) for who in ("office", "office2")] == ["draft.own_work"] * 2


def test_nothing_is_published_while_anything_is_wrong_and_everything_is_told(d: District) -> None:
    values = {**to_dict(NEW), "code": "Not A Code", "pass_mark": "九十", "nonsense": 1}
    draft = begin(d, values=values)

    found = refused(publish, d, draft)

    assert found.code == "programme.faulty"
    told: Any = found.params["faults"]
    assert {(fault.key, fault.code) for fault in told} == {
        ("nonsense", "programme.unknown_key"),
        ("pass_mark", "programme.wrong_type"),
        ("code", "programme.bad_code"),
    }
    assert not Programme.objects.filter(name=NEW.name).exists()


def test_a_draft_that_was_written_in_since_is_not_published_unseen(d: District) -> None:
    draft = begin(d, values=to_dict(NEW))
    save(d, draft, 0, summary="改过")

    assert refusal(publish, d, draft, 0) == "overtaken"


def test_a_draft_neither_takes_a_code_nor_is_published_by_another_host(d: District) -> None:
    taken = begin(d, values=to_dict(DEFINITION))
    elsewhere = begin(d, values={**to_dict(NEW), "host": {"role": "committee", "unit": "committee"}})
    fixed = begin(d, programme=d.programme)

    found = [
        refusal(publish, d, taken),
        refusal(publish, d, elsewhere),
        refusal(save, d, fixed, 0, code="another"),
    ]

    assert found == ["draft.code_taken", "draft.hosted_elsewhere", "draft.code_is_fixed"]


def test_no_next_version_of_what_was_given_up(d: District) -> None:
    take("programme", d.programme, "withdraw", d.people["office"], reason="不办了")

    assert refusal(begin, d, programme=d.programme) == "programme.withdrawn"


def test_a_draft_is_thrown_away(d: District) -> None:
    draft = begin(d, name="新项目")

    discard_draft(draft, by=d.people["office2"], key=None)

    assert not ProgrammeDraft.objects.exists()
