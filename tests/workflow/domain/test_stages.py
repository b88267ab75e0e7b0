from services.workflow.domain.stages import (
    ENDED,
    LIVE_HONOUR,
    OPEN,
    REVIEWING,
    ROUND_MODES,
    HonourStatus,
    Mode,
    Role,
    Stage,
)


def test_a_declaration_is_open_or_ended_and_never_both() -> None:
    assert {*OPEN, *ENDED} == set(Stage)
    assert not {*OPEN} & {*ENDED}


def test_the_stages_under_review_follow_the_route() -> None:
    assert [str(s) for s in REVIEWING] == [
        "preliminary_review",
        "eligibility",
        "evaluation",
        "notice",
        "naming",
    ]


def test_an_honour_lives_until_it_is_revoked_lapsed_or_relinquished() -> None:
    assert {*HonourStatus} - {*LIVE_HONOUR} == {
        HonourStatus.REVOKED,
        HonourStatus.LAPSED,
        HonourStatus.RELINQUISHED,
    }


def test_rounds_gather_what_several_bodies_say() -> None:
    assert {*Mode} - {*ROUND_MODES} == {Mode.SINGLE, Mode.NOTICE}


def test_roles_are_those_outside_tools_rely_on() -> None:
    assert " ".join(Role) == (
        "declarant town department office committee leading_group investigator system_admin security_admin"
        " audit_admin"
    )
