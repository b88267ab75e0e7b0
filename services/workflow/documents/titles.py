"""Long titles in balanced lines, broken where a reader would pause (GB/T 9704-2012, 7.3.1)."""

import math
import re
from functools import cache

TITLE_CELLS = 20
MORE_LINES = 3
FORBIDDEN = 400
# A line never begins or ends inside one of these, nor inside a number, a Latin word or a short quotation.
WHOLE = """
人民政府 委员会 办公室 工作组 领导小组 精神文明 文明单位 文明社区 文明街道 文明村镇 文明家庭 文明校园
命名 表彰 年度 文明 社区 街道 单位 建设 创建 评选 名单 决定 通知 公示 公告 取消 撤销 称号 限期 整改 责令
活动 工作 先进 集体 个人 优秀 关于 示范 志愿 服务 结果 和谐 卫生 模范 家庭 校园 标准 荣誉
""".split()
TOKEN = re.compile(rf"《[^》]{{1,14}}》|“[^”]{{1,14}}”|[0-9A-Za-z.,%]+年?度?|{'|'.join(WHOLE)}|.", re.DOTALL)
NEVER_FIRST = frozenset("的了着之、，。；：！？）》”〕年月日号等个区市县镇们")
NEVER_LAST = frozenset("（《“〔第拟")
PAUSE_AFTER = frozenset("的、，和")


def balanced(title: str, *, cells: int = TITLE_CELLS) -> tuple[str, ...]:
    """The title in as few lines as hold it, of lengths as even as good breaks allow."""
    title = title.strip()
    if width(title) <= cells:
        return (title,)
    needed = math.ceil(width(title) / cells)
    for words in (tuple(TOKEN.findall(title)), tuple(title)):
        found = [_best(words, count, cells) for count in range(needed, needed + MORE_LINES)]
        possible = [lines for lines in found if lines is not None]
        if possible:
            # One line more is better than a line that begins with a comma.
            return next((lines for cost, lines in possible if cost < FORBIDDEN), min(possible)[1])
    raise AssertionError("single characters always find a break")


def width(text: str) -> float:
    """The length of a line in character cells; digits and Latin letters take half of one."""
    return sum(0.5 if ord(character) < 0x2000 else 1.0 for character in text)


def _best(words: tuple[str, ...], count: int, cells: int) -> tuple[float, tuple[str, ...]] | None:
    mean = width("".join(words)) / count

    @cache
    def lines_from(start: int, left: int) -> tuple[float, tuple[str, ...]] | None:
        if left == 1:
            last = "".join(words[start:]).strip()
            return ((width(last) - mean) ** 2, (last,)) if 0 < width(last) <= cells else None
        options = []
        for end in range(start + 1, len(words)):
            line = "".join(words[start:end]).strip()
            if width(line) > cells:
                break
            rest = lines_from(end, left - 1)
            if rest is not None and line:
                cost = (width(line) - mean) ** 2 + _roughness(words[end - 1], words[end])
                options.append((cost + rest[0], (line, *rest[1])))
        return min(options) if options else None

    return lines_from(0, count)


def _roughness(before: str, after: str) -> float:
    """How badly a break between two words reads."""
    if after[0] in NEVER_FIRST or before[-1] in NEVER_LAST:
        return FORBIDDEN
    if after == "关于" or before.isspace() or after.isspace():
        return 0
    if before[-1] in PAUSE_AFTER or len(before) > 1 or len(after) > 1:
        return 6
    return 25
