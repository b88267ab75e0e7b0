"""The one exception for what is expected and not allowed."""

from services.workflow.domain.refused import Refused


def test_it_carries_its_code_and_its_particulars() -> None:
    refused = Refused("score.above_maximum", criterion="1.1", maximum="5")

    assert (refused.code, refused.params) == ("score.above_maximum", {"criterion": "1.1", "maximum": "5"})
    assert str(refused) == "score.above_maximum {'criterion': '1.1', 'maximum': '5'}"


def test_without_particulars_it_reads_as_its_code() -> None:
    assert str(Refused("round.open")) == "round.open"
