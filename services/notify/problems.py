"""What is refused over HTTP: RFC 9457 problems in notify's own words, Chinese and English.

`python -m services.notify.problems` prints their part of docs/codes.md.
"""

from typing import NamedTuple


class Words(NamedTuple):
    """A heading and a sentence, in Chinese and English."""

    status: int
    title_zh: str
    detail_zh: str
    title_en: str
    detail_en: str


WORDS = {
    "address.unknown": Words(
        404,
        "没有此地址",
        "推送服务没有这个地址。",
        "No such address",
        "The push service has no such address.",
    ),
    "connection.too_many": Words(
        429,
        "连接过多",
        "同一登录、同一用户或同一网络地址的连接过多，请关闭一些页面，稍后再试。",
        "Too many connections",
        "This log-in, user or network address has too many connections. Close some pages and try later.",
    ),
    "feed.unavailable": Words(
        503,
        "推送暂不可用",
        "推送服务暂时读不到数据，请稍后再试；页面仍可手动刷新。",
        "No push at the moment",
        "The push service cannot read the feed at the moment. Try again shortly; pages can still be reloaded.",
    ),
    "method.not_allowed": Words(
        405, "请求方法不对", "此地址只接受 GET。", "Method not allowed", "This address takes GET only."
    ),
    "origin.foreign": Words(
        403,
        "来源网站不符",
        "其他网站的页面不能读取推送。",
        "Foreign origin",
        "Pages of other sites may not read the push.",
    ),
    "ticket.invalid": Words(
        401,
        "凭证无效",
        "推送凭证无效、已过期或已使用，请重新领取。",
        "The ticket is not good",
        "The ticket is not valid, has expired or was used. Get a new one.",
    ),
    "topic.denied": Words(
        403,
        "无权接收",
        "凭证不包含所请求的主题。",
        "Not granted",
        "The ticket does not open one of the topics asked for.",
    ),
    "topic.unknown": Words(
        400,
        "主题有误",
        "所请求的主题不存在，或者数量过多。",
        "Unknown topic",
        "A topic is not known, or there are too many.",
    ),
}
RETRY_AFTER_S = {"connection.too_many": 30, "feed.unavailable": 1}


class Problem(Exception):
    """A request that is refused, with a stable code; what is particular to it stands beside the code."""

    def __init__(self, code: str, **particulars: str) -> None:
        super().__init__(code)
        self.code, self.particulars = code, particulars
        self.status = WORDS[code].status

    def body(self, language: str) -> dict[str, object]:
        """The members of RFC 9457, and ours."""
        words = WORDS[self.code]
        english = language == "en"
        return {
            "type": f"/docs/codes#{self.code}",
            "title": words.title_en if english else words.title_zh,
            "status": self.status,
            "detail": words.detail_en if english else words.detail_zh,
            "code": self.code,
            **self.particulars,
        }

    def headers(self, language: str) -> list[tuple[bytes, bytes]]:
        """What goes with the body."""
        found = [(b"cache-control", b"no-store"), (b"vary", b"accept-language")]
        found.append((b"content-language", b"en" if language == "en" else b"zh-hans"))
        if self.status == 401:
            found.append((b"www-authenticate", b'Ticket realm="laurel"'))
        if self.status == 405:
            found.append((b"allow", b"GET, HEAD"))
        if self.code in RETRY_AFTER_S:
            found.append((b"retry-after", str(RETRY_AFTER_S[self.code]).encode()))
        return found


def language_of(accepted: str | None) -> str:
    """`en` for whoever would rather read English, `zh` for everybody else."""
    best, language = 0.0, "zh"
    for part in (accepted or "").lower().split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        short = tag.partition("-")[0]
        if short in {"zh", "en"} and weight > best:
            best, language = weight, short
    return language


def part_of_the_page() -> str:
    """These codes as docs/codes.md has them, after those of the product."""
    lines = [
        "",
        "## The push",
        "",
        "Those of services/notify, written by `python -m services.notify.problems`.",
    ]
    lines += ["", "| code | status | 中文 | English |", "|---|---|---|---|"]
    lines += [
        f"| `{code}` | {w.status} | {w.detail_zh} | {w.detail_en} |" for code, w in sorted(WORDS.items())
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(part_of_the_page(), end="")
