"""The demo opens what has a host of its own; who declares there is a subject of it."""

from decimal import Decimal

from services.workflow.domain.figures import Figure, amount
from services.workflow.domain.resolving import resolved
from services.workflow.management.demo import OTHERS, shipped
from services.workflow.management.demo_cast import SEATS, UNITS
from services.workflow.management.demo_editions import FILED, HOSTS, _figure


def test_each_host_sits_in_the_body_that_hosts() -> None:
    seats = {seat.username: (seat.role, seat.unit) for seat in SEATS}
    hosts = {code: shipped(code).host for code in HOSTS}

    assert set(HOSTS) < set(OTHERS)
    assert {code: seats[name] for code, name in HOSTS.items()} == {
        code: (str(body.role), body.unit) for code, body in hosts.items()
    }


def test_what_is_declared_states_possible_figures() -> None:
    kinds = {code: kind for code, _, kind, _ in UNITS}
    for code, (username, category) in FILED.items():
        unit = next(seat.unit for seat in SEATS if seat.username == username)
        definition = resolved(shipped(code), kind=kinds[unit], category=category)
        stated = [
            amount(measure, Figure(**{part: Decimal(text) for part, text in _figure(line, measure).items()}))
            for line in definition.standard.criteria
            for measure in line.measures
        ]

        assert stated and None not in stated
