"""The Merkle tree beside an independent, naive one, and the vectors of certificate transparency."""

import hashlib
import random

import pytest

from services.workflow.domain import merkle

# Google's and RFC 6962's reference leaves and roots, carried over by RFC 9162 unchanged.
LEAVES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
INCLUSION = (
    ((0, 1), ()),
    ((0, 8), ("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
              "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
              "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")),
    ((5, 8), ("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
              "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
              "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")),
    ((2, 3), ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",)),
)  # fmt: skip
CONSISTENCY = (
    ((1, 8), ("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
              "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
              "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")),
    ((6, 8), ("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
              "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
              "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")),
    ((2, 5), ("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
              "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")),
)  # fmt: skip
SHA256 = merkle.hash_named("sha256")


def naive_root(leaves, digest):
    """RFC 9162, 2.1.1, word for word: no kept nodes, no levels."""
    if not leaves:
        return digest(b"")
    if len(leaves) == 1:
        return digest(b"\x00" + leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return digest(b"\x01" + naive_root(leaves[:k], digest) + naive_root(leaves[k:], digest))


def tree_of(leaves, digest, chunks=(1,)):
    """All nodes, appended in pieces of these sizes over and over."""
    nodes: dict[merkle.Node, bytes] = {}
    size, pieces = 0, list(chunks)
    while size < len(leaves):
        pieces.append(pieces.pop(0))
        new = [merkle.leaf_hash(leaf, digest) for leaf in leaves[size : size + pieces[-1]]]
        edge = {node: nodes[node] for node in merkle.nodes_of((0, size))}
        nodes.update(merkle.grown(size, edge, new, digest))
        size += len(new)
    return nodes


def path_of(spans, nodes, digest):
    return [merkle.root_of(span, nodes, digest) for span in spans]


def test_the_known_leaves_have_the_known_roots():
    nodes = tree_of(LEAVES, SHA256)

    assert tuple(merkle.root_of((0, n), nodes, SHA256).hex() for n in range(9)) == ROOTS


@pytest.mark.parametrize(("asked", "path"), INCLUSION)
def test_the_known_inclusion_paths(asked, path):
    nodes = tree_of(LEAVES, SHA256)

    assert tuple(p.hex() for p in path_of(merkle.inclusion_spans(*asked), nodes, SHA256)) == path


@pytest.mark.parametrize(("asked", "path"), CONSISTENCY)
def test_the_known_consistency_paths(asked, path):
    nodes = tree_of(LEAVES, SHA256)

    assert tuple(p.hex() for p in path_of(merkle.consistency_spans(*asked), nodes, SHA256)) == path


@pytest.mark.parametrize("name", merkle.HASHES)
@pytest.mark.parametrize("seed", range(6))
def test_roots_are_those_of_the_naive_tree_however_it_was_appended(name, seed):
    draw, digest = random.Random(seed), merkle.hash_named(name)
    leaves = [draw.randbytes(draw.randrange(40)) for _ in range(draw.randrange(1, 90))]

    nodes = tree_of(leaves, digest, chunks=[draw.randrange(1, 9) for _ in range(4)])

    for size in range(len(leaves) + 1):
        assert merkle.root_of((0, size), nodes, digest) == naive_root(leaves[:size], digest)


def test_every_proof_up_to_forty_leaves_holds_and_none_holds_with_one_bit_changed():
    leaves = [bytes([n]) * 3 for n in range(40)]
    nodes = tree_of(leaves, SHA256)
    roots = [naive_root(leaves[:n], SHA256) for n in range(41)]
    draw = random.Random(1)
    for size in range(1, 41):
        for index in range(size):
            path = path_of(merkle.inclusion_spans(index, size), nodes, SHA256)
            leaf = SHA256(b"\x00" + leaves[index])
            assert merkle.inclusion_holds(leaf, index, size, path, roots[size], digest=SHA256)
            assert not merkle.inclusion_holds(leaf, index, size, [*path, leaf], roots[size], digest=SHA256)
            if path:
                bad = spoiled(path, draw)
                assert not merkle.inclusion_holds(leaf, index, size, bad, roots[size], digest=SHA256)
        for first in range(1, size + 1):
            path = path_of(merkle.consistency_spans(first, size), nodes, SHA256)
            pair = (roots[first], roots[size])
            assert merkle.consistency_holds(first, size, *pair, path, digest=SHA256)
            if path:
                assert not merkle.consistency_holds(first, size, *pair, spoiled(path, draw), digest=SHA256)
            assert not merkle.consistency_holds(first, size, roots[0], pair[1], path, digest=SHA256)


def spoiled(path, draw):
    at = draw.randrange(len(path))
    changed = bytearray(path[at])
    changed[draw.randrange(32)] ^= 1 << draw.randrange(8)
    return [*path[:at], bytes(changed), *path[at + 1 :]]


def test_a_leaf_never_passes_for_a_node():
    left, right = SHA256(b"a"), SHA256(b"b")

    assert merkle.leaf_hash(b"\x01" + left + right, SHA256) != merkle.node_hash(left, right, SHA256)


def test_what_is_not_in_the_tree_has_no_proof():
    for index, size in ((3, 3), (-1, 3), (0, 0)):
        with pytest.raises(ValueError):
            merkle.inclusion_spans(index, size)
        assert not merkle.inclusion_holds(b"", index, size, [], b"", digest=SHA256)
    for first, second in ((0, 3), (4, 3)):
        with pytest.raises(ValueError):
            merkle.consistency_spans(first, second)
        assert not merkle.consistency_holds(first, second, b"", b"", [b""], digest=SHA256)


def test_the_hashes_are_the_standards_own():
    told = {name: merkle.hash_named(name)(b"abc").hex() for name in merkle.HASHES}

    assert told["sha256"] == hashlib.sha256(b"abc").hexdigest()
    # GB/T 32905-2016, appendix A.1
    assert told["sm3"] == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
