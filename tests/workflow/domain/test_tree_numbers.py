"""Nodes under one number each."""

from services.workflow.domain.tree_numbers import node_of, number_of


def test_leaves_are_even_and_a_node_stands_between_what_is_below_it():
    assert [number_of(node) for node in ((0, 0), (0, 1), (1, 0), (2, 0), (0, 5), (1, 1))] == [
        0,
        2,
        1,
        3,
        10,
        5,
    ]


def test_each_number_is_one_node():
    assert [number_of(node_of(number)) for number in range(5000)] == list(range(5000))
