"""The Merkle tree of RFC 9162, section 2: leaves in their order, roots, and the two proofs about them.

A node is named (level, index): the root of the 2**level leaves from index * 2**level on. Such nodes never change as
the tree grows, so they can be kept; every root and every proof is put together from few of them. The hash function is
given, so the same tree stands on SHA-256 or SM3.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

Hash = Callable[[bytes], bytes]
Node = tuple[int, int]
Span = tuple[int, int]
Nodes = Mapping[Node, bytes]
HASHES = ("sha256", "sm3")


def hash_named(name: str) -> Hash:
    """`sha256` or `sm3` as a function of bytes; ValueError where this machine's OpenSSL has no such hash."""
    hashlib.new(name)
    return lambda content: hashlib.new(name, content, usedforsecurity=True).digest()


def leaf_hash(content: bytes, digest: Hash) -> bytes:
    """HASH(0x00 || content): a leaf can never pass for a node."""
    return digest(b"\x00" + content)


def node_hash(left: bytes, right: bytes, digest: Hash) -> bytes:
    """HASH(0x01 || left || right)."""
    return digest(b"\x01" + left + right)


def nodes_of(span: Span) -> list[Node]:
    """The kept nodes that a span of the tree consists of, left to right; a span as the proofs below name them."""
    start, end = span
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def root_of(span: Span, nodes: Nodes, digest: Hash) -> bytes:
    """The hash of a span; of an empty one the hash of nothing."""
    parts = [nodes[node] for node in nodes_of(span)]
    if not parts:
        return digest(b"")
    root = parts.pop()
    while parts:
        root = node_hash(parts.pop(), root, digest)
    return root


def grown(size: int, edge: Nodes, leaves: Sequence[bytes], digest: Hash) -> Iterator[tuple[Node, bytes]]:
    """The nodes that come to a tree of `size` leaves with these leaf hashes; `edge` holds nodes_of((0, size))."""
    kept = dict(edge)
    for index, leaf in enumerate(leaves, start=size):
        node, value = (0, index), leaf
        kept[node] = value
        yield node, value
        while node[1] % 2:
            left = kept.pop((node[0], node[1] - 1))
            value = node_hash(left, kept.pop(node), digest)
            node = (node[0] + 1, node[1] // 2)
            kept[node] = value
            yield node, value


def _split(start: int, end: int) -> int:
    """Where RFC 9162 divides a span: after the largest power of two below its length."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The spans whose hashes are the inclusion path of a leaf, from the leaf up (2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    start, end, spans = 0, size, list[Span]()
    while end - start > 1:
        middle = _split(start, end)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(first: int, second: int) -> list[Span]:
    """The spans whose hashes show that the tree of `second` leaves begins with that of `first` (2.1.4.1)."""
    if not 0 < first <= second:
        raise ValueError(f"no tree of {first} leaves within one of {second}")
    start, end, spans, whole = 0, second, list[Span](), True
    while first < end:
        middle = _split(start, end)
        if first <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start, whole = middle, False
    if not whole:
        spans.append((start, end))
    return spans[::-1]


def inclusion_holds(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes, *, digest: Hash
) -> bool:
    """Whether the path leads from the leaf to the root (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = node_hash(step, found, digest)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step, digest)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistency_holds(
    first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes], *, digest: Hash
) -> bool:
    """Whether the path shows that the second tree begins with the first (2.1.4.2)."""
    if first == second:
        return not path and first_root == second_root
    if not 0 < first < second or not path:
        return False
    steps = list(path)
    if first & (first - 1) == 0:
        steps.insert(0, first_root)
    place, last = first - 1, second - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            before, after = node_hash(step, before, digest), node_hash(step, after, digest)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step, digest)
        place, last = place >> 1, last >> 1
    return last == 0 and before == first_root and after == second_root
