"""One paper of each kind about nobody, to try templates on; every one is marked as an example."""

from datetime import date
from decimal import Decimal
from typing import Any

from services.workflow.documents import papers

DATED = date(2026, 1, 30)
OFFICE = "示例区精神文明建设委员会"
TITLE = "示例区文明社区"
ADDRESS = "https://honours.example/register/EXAMPLE-1"
LINES = (
    papers.ListRow(serial=1, unit="示例一社区", town="示例街道", score=Decimal("95.5")),
    papers.ListRow(serial=2, unit="示例二社区", town="示例镇"),
)
FRAME: dict[str, Any] = {
    "issuers": ("中共示例区委员会", "示例区人民政府"),
    "number": "示文明〔2026〕1号",
    "addressees": "各街道、各镇，区级各部门、各单位",
    "paragraphs": ("这是第一段示例文字。", "这是第二段示例文字。"),
    "signers": ("中共示例区委", "示例区人民政府"),
    "remark": "此件公开发布",
    "copies": "区人大常委会办公室，区政协办公室",
    "printer": OFFICE,
    "dated": DATED,
    "example": True,
}
HELD: dict[str, Any] = {
    "holder": "示例一社区居民委员会",
    "honour": TITLE,
    "issuers": FRAME["issuers"],
    "honour_number": "EXAMPLE-1",
    "register_url": ADDRESS,
    "dated": DATED,
    "example": True,
}
SPECIMENS: tuple[papers.Paper, ...] = (
    papers.Resolution(
        title=("关于命名示例区文明社区的决定",),
        annex=papers.Annex(title="示例区文明社区名单", rows=LINES),
        **FRAME,
    ),
    papers.RectificationOrder(
        title=("关于示例一社区限期整改的通知",),
        shortcomings=(papers.Shortcoming(serial=1, criterion="1.1", finding="示例问题", demand="示例要求"),),
        working_days=30,
        due=date(2026, 3, 16),
        report_to=OFFICE,
        **FRAME,
    ),
    papers.RevocationDecision(
        title=("关于取消示例一社区称号的决定",),
        honour=TITLE,
        revoked=(
            papers.RevokedHonour(
                serial=1, unit="示例一社区", town="示例街道", honour_number="EXAMPLE-1", reason="示例原因"
            ),
        ),
        plaque_due=date(2026, 2, 28),
        banned_until=date(2028, 1, 30),
        **FRAME,
    ),
    papers.NoticePaper(
        head=OFFICE,
        title="关于示例区文明社区拟命名名单的公示",
        number="示文明示〔2026〕1号",
        paragraphs=FRAME["paragraphs"],
        list_title="公示名单（2个）",
        rows=LINES,
        period="2026年1月30日发布，至2026年2月2日止，共1个工作日",
        strip=(
            papers.StripDay(day=DATED, mark="opened"),
            papers.StripDay(day=date(2026, 2, 2), mark="counted", count=1),
        ),
        strip_note="发布当日不计入。",
        channels=(papers.Channel(name="电话", where="0000-0000000"),),
        signer=OFFICE,
        verification_url=ADDRESS,
        verification_code="0000-0000",
        dated=DATED,
        example=True,
    ),
    papers.Certificate(text="在示例年度创建工作中成绩显著，特授予：", **HELD),
    papers.Plaque(**HELD),
    papers.Minutes(
        body=OFFICE,
        number="〔2026〕第1期",
        title="审定示例名单会议",
        held_on=DATED,
        place="示例会议室",
        chair="示例甲",
        recorder="示例乙",
        entitled=3,
        quorum=2,
        present=(
            papers.Attendee(name="示例甲", office="主任"),
            papers.Attendee(name="示例丙", office="委员"),
        ),
        absent=(papers.Attendee(name="示例丁", office="委员", reason="请假"),),
        recused=(),
        paragraphs=FRAME["paragraphs"],
        tallies=(
            papers.Tally(
                serial=1, unit="示例一社区", in_favour=2, against=0, abstained=0, recused=0, outcome="通过"
            ),
        ),
        secret=True,
        teller="示例丙",
        scrutineer="示例甲",
        dated=DATED,
        example=True,
    ),
)
