from ipaddress import ip_network

import pytest

from services.workflow.domain.outside import (
    Place,
    check_secret,
    masked,
    may_reach,
    read_mail,
    read_mobile,
    read_url,
)
from services.workflow.domain.refused import Refused


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)  # fmt: skip
def test_the_private_network_is_not_reached_in_any_spelling(address: str) -> None:
    assert may_reach(address, []) is False


@pytest.mark.parametrize("address", ["1.1.1.1", "223.5.5.5", "2400:3200::1", "::ffff:223.5.5.5"])
def test_the_public_internet_is_reached(address: str) -> None:
    assert may_reach(address, []) is True


def test_a_network_that_the_site_allows_is_reached_and_no_other() -> None:
    allowed = [ip_network("10.1.0.0/16"), ip_network("fd00::/8")]

    answers = [
        may_reach(address, allowed) for address in ("10.1.2.3", "10.2.2.3", "fd00::1", "::ffff:10.1.0.9")
    ]
    assert answers == [True, False, True, True]


@pytest.mark.parametrize(
    ("url", "place", "shown"),
    [
        ("https://a.cn", Place("https", "a.cn", 443, "/"), "https://a.cn/"),
        ("http://a.cn:81/x?key=s3", Place("http", "a.cn", 81, "/x?key=s3"), "http://a.cn:81/x"),
        ("https://[::1]/x", Place("https", "::1", 443, "/x"), "https://[::1]/x"),
    ],
)
def test_an_address_is_read_in_parts_and_shown_without_its_secret(url: str, place: Place, shown: str) -> None:
    assert (read_url(url), read_url(url).shown) == (place, shown)


@pytest.mark.parametrize(
    "url",
    [
        "", "a.cn", "ftp://a.cn", "file:///etc/passwd", "https://", "https://user:pass@a.cn/", "https://a.cn:99999/",
        "https://a.cn/ x", "https://a.cn/\r\nHost: b", "https://例子.cn/", "https://[fe80::1%25eth0]/", "gopher://a",
        f"https://a.cn/{'x' * 500}",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(Refused, match=r"endpoint\.address_malformed"):
        read_url(url)


@pytest.mark.parametrize(
    "text", ["张三@x.cn", "a@b", "a b@x.cn", "a@x.cn, b@x.cn", "a@x.cn\nBcc: b@x.cn", "@x.cn"]
)
def test_what_is_no_mail_address_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"reach\.mail_malformed"):
        read_mail(text)


def test_addresses_are_kept_in_one_spelling_and_shown_masked() -> None:
    assert (read_mail(" zhang@x.gov.cn "), masked("zhang@x.gov.cn")) == ("zhang@x.gov.cn", "z…@x.gov.cn")
    assert (read_mobile("+86 138-0013-8000"), masked("13800138000")) == ("13800138000", "138…8000")


@pytest.mark.parametrize("text", ["", "12345", "23800138000", "138001380001", "abc"])
def test_what_is_no_mobile_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"reach\.mobile_malformed"):
        read_mobile(text)


def test_a_secret_has_no_blanks() -> None:
    assert check_secret(" SECabc ") == "SECabc"
    with pytest.raises(Refused, match=r"endpoint\.secret_malformed"):
        check_secret("a b c d")
