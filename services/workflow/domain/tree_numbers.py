"""Nodes of the log's tree under one number each: in-order, so that a number never changes as the tree grows."""

from services.workflow.domain.merkle import Node


def number_of(node: Node) -> int:
    """The in-order number: leaf n is 2n, the node above leaves 0 and 1 is 1, above 0 to 3 is 3."""
    level, index = node
    return (index << level + 1) + (1 << level) - 1


def node_of(number: int) -> Node:
    """The node that has this number."""
    level = (~number & number + 1).bit_length() - 1
    return level, number >> level + 1
