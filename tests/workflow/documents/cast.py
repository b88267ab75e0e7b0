"""One paper of each kind, with invented places and people."""

from datetime import date
from decimal import Decimal

from services.workflow.documents.fonts import FontShelf
from services.workflow.documents.papers import (
    Annex,
    Attendee,
    Certificate,
    Channel,
    ListRow,
    Minutes,
    NoticePaper,
    Plaque,
    RectificationOrder,
    Resolution,
    RevocationDecision,
    RevokedHonour,
    Shortcoming,
    StripDay,
    Tally,
)

# Only what the product brings along, as on a bare machine; so the tests see the same fonts everywhere.
BARE = FontShelf(system=False)

ROWS = (
    ListRow(serial=1, unit="松风社区", town="松溪街道", score=Decimal("94.1")),
    ListRow(serial=2, unit="竹里社区", town="松溪街道", score=Decimal("89.995")),
    ListRow(serial=3, unit="青石社区", town="青石镇"),
)

RESOLUTION = Resolution(
    issuers=("中共云岭区委员会", "云岭区人民政府"),
    number="云委发〔2026〕21号",
    title=("中共云岭区委　云岭区人民政府", "关于命名表彰2026年度文明社区的决定"),
    addressees="各街道党工委、办事处，各镇党委、政府，区委各部委，区级国家机关各部门，各人民团体",
    paragraphs=(
        "2026年，全区各社区对照文明社区评选标准，扎实开展创建工作。区委、区政府决定，命名松风社区等3个社区为"
        "“云岭区文明社区”，予以表彰。",
        "文明社区称号实行动态管理，原则上每两年复评一次。",
    ),
    annex=Annex(title="云岭区2026年度文明社区名单", rows=ROWS),
    signers=("中共云岭区委", "云岭区人民政府"),
    dated=date(2026, 10, 23),
    copies="区人大常委会办公室，区政协办公室",
    printer="中共云岭区委办公室",
)

ORDER = RectificationOrder(
    issuers=("云岭区精神文明建设委员会办公室",),
    number="云文明办〔2028〕7号",
    title=("关于责令桂苑社区限期整改的通知",),
    addressees="桂苑社区居民委员会",
    paragraphs=("经2028年度复评，你社区得分86.50分，低于保持标准。",),
    shortcomings=(
        Shortcoming(serial=1, criterion="1.1 居务公开", finding="两个季度未公示。", demand="补齐公示。"),
    ),
    working_days=30,
    due=date(2028, 12, 18),
    report_to="区文明办",
    signers=("云岭区精神文明建设委员会办公室",),
    dated=date(2028, 11, 6),
)

REVOCATION = RevocationDecision(
    issuers=("云岭区精神文明建设委员会",),
    number="云文明委〔2029〕2号",
    title=("关于取消桂苑社区“云岭区文明社区”称号的决定",),
    addressees="各街道党工委、办事处",
    paragraphs=("桂苑社区在限期整改后仍未达到标准，决定取消其称号。",),
    honour="云岭区文明社区",
    revoked=(
        RevokedHonour(
            serial=1, unit="桂苑社区", town="桂花街道", honour_number="YL-WM-2026-006", reason="复查仍不达标"
        ),
    ),
    plaque_due=date(2029, 2, 9),
    banned_until=date(2031, 1, 20),
    signers=("云岭区精神文明建设委员会",),
    dated=date(2029, 1, 20),
)

NOTICE = NoticePaper(
    head="云岭区精神文明建设委员会办公室",
    title="关于云岭区2026年度文明社区拟命名名单的公示",
    number="云文明办公示〔2026〕3号",
    paragraphs=("现将拟命名名单予以公示，接受社会监督。",),
    list_title="拟命名名单（3个）",
    rows=ROWS,
    period="2026年9月23日至9月30日，共5个工作日",
    strip=(
        StripDay(day=date(2026, 9, 22), mark="opened"),
        StripDay(day=date(2026, 9, 23), mark="counted", count=1),
        StripDay(day=date(2026, 9, 25), mark="rest"),
    ),
    strip_note="9月22日发布，当日不计入。",
    channels=(Channel(name="电话", where="0000-5550 1208"),),
    signer="云岭区精神文明建设委员会办公室",
    dated=date(2026, 9, 22),
    verification_url="https://laurel.example/notices/3?v=9C1E44B0",
    verification_code="9C1E-44B0",
)

CERTIFICATE = Certificate(
    holder="松风社区居民委员会",
    honour="云岭区文明社区",
    text="在2026年度创建工作中成绩显著，特授予：",
    issuers=("中共云岭区委", "云岭区人民政府"),
    honour_number="YL-WM-2026-001",
    register_url="https://laurel.example/honours/YL-WM-2026-001",
    dated=date(2026, 10, 23),
)

PLAQUE = Plaque(
    holder="松风社区居民委员会",
    honour="云岭区文明社区",
    issuers=("中共云岭区委", "云岭区人民政府"),
    honour_number="YL-WM-2026-001",
    register_url="https://laurel.example/honours/YL-WM-2026-001",
    dated=date(2026, 10, 23),
)

MINUTES = Minutes(
    body="云岭区精神文明建设委员会",
    number="〔2026〕第4期",
    title="审定2026年度文明社区拟命名名单会议",
    held_on=date(2026, 9, 18),
    place="区行政中心第二会议室",
    chair="许静",
    recorder="罗平",
    entitled=3,
    quorum=2,
    present=(Attendee(name="许静", office="主任"), Attendee(name="高远", office="委员")),
    absent=(Attendee(name="韩冰", office="委员", reason="公务外出"),),
    recused=(),
    paragraphs=("会议逐项表决了拟命名名单。",),
    tallies=(
        Tally(serial=1, unit="松风社区", in_favour=2, against=0, abstained=0, recused=0, outcome="通过"),
    ),
    secret=True,
    teller="高远",
    scrutineer="许静",
    dated=date(2026, 9, 18),
)

EVERY_KIND = (RESOLUTION, ORDER, REVOCATION, NOTICE, CERTIFICATE, MINUTES)
