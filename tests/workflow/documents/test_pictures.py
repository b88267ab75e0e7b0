"""Every kind of paper as it looks, beside the pictures in pictures/; they were looked at when they were drawn.

Tolerance: no square of 6 pixels (4 mm of paper) may differ by more than 12 of 255 shades of grey, all together by 0.5:
other rounding of the typesetter passes, a line that moved, a missing character or another font does not.
`python -m tests.workflow.documents.test_pictures` draws them anew.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from services.workflow.documents.papers import Paper
from services.workflow.documents.rendering import pictures
from tests.workflow.documents import cast, pixels

DRAWN = Path(__file__).parent / "pictures"
PPI = 36
MOST_OF_ALL, MOST_OF_ONE = 0.5, 12
PAPERS: dict[str, Paper] = {
    "notice": cast.NOTICE,
    "joint_decision": cast.RESOLUTION,
    "decision": replace(
        cast.RESOLUTION, issuers=("云岭区人民政府",), signers=("云岭区人民政府",), annex=None
    ),
    "rectification_order": cast.ORDER,
    "revocation": cast.REVOCATION,
    "certificate": cast.CERTIFICATE,
    "plaque": cast.PLAQUE,
    "minutes": cast.MINUTES,
}


def pages(kind: str) -> list[bytes]:
    return pictures(PAPERS[kind], shelf=cast.BARE, ppi=PPI)


def far(one: bytes, other: bytes) -> bool:
    mean, most = pixels.apart(pixels.read(one), pixels.read(other))
    return mean > MOST_OF_ALL or most > MOST_OF_ONE


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_looks_as_it_was_looked_at(kind):
    drawn = sorted(DRAWN.glob(f"{kind}-[0-9].png"))
    now = pages(kind)

    assert len(now) == len(drawn)
    assert [path.name for path, page in zip(drawn, now, strict=True) if far(path.read_bytes(), page)] == []


@pytest.mark.parametrize(
    "changed",
    [
        {"number": "云文明办〔2028〕71号"},
        {"paragraphs": ("经2028年度复评，你社区得分86.50分，低于保持标准，现责令整改。",)},
        {"issuers": ("云岭区文明办",)},
        {"example": True},
    ],
    ids=["one more figure", "another sentence", "a shorter head", "the mark of an example"],
)
def test_the_tolerance_lets_no_change_of_content_pass(changed):
    other = pictures(replace(cast.ORDER, **changed), shelf=cast.BARE, ppi=PPI)

    assert any(far(one, two) for one, two in zip(pages("rectification_order"), other, strict=False))


def draw() -> None:
    DRAWN.mkdir(exist_ok=True)
    for kind in PAPERS:
        for number, page in enumerate(pages(kind), start=1):
            (DRAWN / f"{kind}-{number}.png").write_bytes(page)


if __name__ == "__main__":
    draw()
