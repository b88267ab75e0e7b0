import pytest
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.nodes import End, Function, Handle, If, Join, Split, StartHandle

from services.workflow.domain.stages import FINDING, ROUND_KINDS, Mode
from services.workflow.rounds.flows import (
    FLOWS,
    ClearanceRound,
    CountersignRound,
    FindingRound,
    RoundFlow,
    ScoringRound,
    VoteRound,
)

ALL_FLOWS = [ClearanceRound, CountersignRound, ScoringRound, VoteRound, FindingRound]


def test_every_mode_of_joint_work_has_its_flow() -> None:
    assert {
        Mode.CLEARANCE: ClearanceRound,
        Mode.COUNTERSIGN: CountersignRound,
        Mode.SCORING: ScoringRound,
        Mode.VOTE: VoteRound,
        FINDING: FindingRound,
    } == FLOWS
    assert set(FLOWS) == set(ROUND_KINDS)
    assert RoundFlow.__subclasses__() == ALL_FLOWS


@pytest.mark.parametrize("flow", [RoundFlow, *ALL_FLOWS])
def test_every_flow_takes_the_waiting_lock(flow: type[RoundFlow]) -> None:
    assert type(flow.lock_impl) is SelectForUpdateLock
    assert flow.lock_impl.nowait is False


@pytest.mark.parametrize("flow", ALL_FLOWS)
def test_flows_are_made_of_few_kinds_of_node_of_their_own(flow: type[RoundFlow]) -> None:
    kinds = (StartHandle, Split, Handle, Join, If, Function, End)

    for node in flow.instance.nodes():
        assert isinstance(node, kinds)
        assert node.flow_class is flow
        assert all(edge.dst.flow_class is flow for edge in node._outgoing())


def test_only_a_clearance_asks_who_was_silent() -> None:
    shared = {"start", "ask", "opinion", "closing", "gather", "record", "end"}

    nodes = {flow: {node.name for node in flow.instance.nodes()} for flow in FLOWS.values()}

    assert nodes == {
        ClearanceRound: shared | {"silence", "deem"},
        CountersignRound: shared,
        ScoringRound: shared,
        VoteRound: shared,
        FindingRound: shared,
    }
