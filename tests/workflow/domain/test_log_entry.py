"""The form of a leaf, byte for byte."""

import datetime as dt
import hashlib

from services.workflow.domain.log_entry import body_text, entry_of

AT = dt.datetime(2026, 3, 2, 1, 0, 0, 250_000, tzinfo=dt.UTC)


def test_a_leaf_is_the_sorted_json_of_its_entry():
    body = body_text({"title": "公示", "lines": []}, "00ff")
    entry = entry_of("notice", "notices/17", "release", seq=3, at=AT, ledger="ab", body=body)

    assert body == '{"lines":[],"salt":"00ff","title":"公示"}'.encode()
    assert (
        entry.leaf
        == (
            '{"at":1772413200250000,"digest":"' + hashlib.sha256(body).hexdigest() + '","kind":"notice",'
            '"ledger":"ab","seq":3,"step":"release","subject":"notices/17","v":1}'
        ).encode()
    )


def test_without_a_body_there_is_no_digest():
    assert entry_of("notice", "notices/17", "take_down", seq=9, at=AT).digest == ""
