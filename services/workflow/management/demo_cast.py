"""The invented district of the demo: places, bodies and people. None of them exists."""

from typing import NamedTuple


class Seat(NamedTuple):
    username: str
    name: str
    role: str
    unit: str


# code, name, kind, parent
UNITS = (
    ("yunzhou", "云州市", "city", ""),
    ("yunling", "云岭区", "district", "yunzhou"),
    ("committee", "区文明委", "committee", "yunling"),
    ("office", "区文明办", "department", "yunling"),
    ("leading-group", "区社区建设工作领导小组", "leading_group", "yunling"),
    ("dep-org", "区委组织部", "department", "yunling"),
    ("dep-civil", "区民政局", "department", "yunling"),
    ("dep-urban", "区城管局", "department", "yunling"),
    ("dep-peace", "区平安办", "department", "yunling"),
    ("dep-culture", "区文旅局", "department", "yunling"),
    ("dep-discipline", "区纪委监委", "department", "yunling"),
    ("dep-police", "区公安分局", "department", "yunling"),
    ("dep-health", "区卫健局", "department", "yunling"),
    ("administration", "区信息中心", "department", "yunling"),
    ("guidance", "区社区建设指导委员会", "committee", "yunling"),
    ("elders", "区养老服务专项工作组", "working_group", "yunling"),
    ("city-civil", "市民政局", "department", "yunzhou"),
    ("city-jury", "市美丽社区评审委员会", "committee", "yunzhou"),
    ("songxi", "松溪街道", "town", "yunling"),
    ("guihua", "桂花街道", "town", "yunling"),
    ("wangjiang", "望江街道", "town", "yunling"),
    ("tingquan", "听泉社区", "community", "songxi"),
    ("songfeng", "松风社区", "community", "songxi"),
    ("zhuli", "竹里社区", "community", "songxi"),
    ("yunqi", "云栖社区", "community", "songxi"),
    ("guiyuan", "桂苑社区", "community", "guihua"),
    ("yuehu", "月湖社区", "community", "guihua"),
    ("jingui", "金桂社区", "community", "guihua"),
    ("shuxiang", "书香社区", "community", "guihua"),
    ("linjiang", "临江社区", "community", "wangjiang"),
    ("dukou", "渡口社区", "community", "wangjiang"),
    ("jiangqing", "江晴社区", "community", "wangjiang"),
    ("jinfan", "锦帆社区", "community", "wangjiang"),
    ("tingquan-group", "听泉社区文明创建领导小组", "working_group", "tingquan"),
    ("tingquan-branch", "听泉社区党支部", "party_organisation", "tingquan"),
    ("lanqing", "兰青", "person", "tingquan"),
)
# What kind of subject some units are, where a programme asks different things of each.
CATEGORIES = {"tingquan": "old", "songfeng": "old", "guiyuan": "old", "jinfan": "new", "lanqing": "worker"}

# 负责人: who hears of what a body leaves undone. Where two hold an office, it is the second who is not the head.
HEADS = frozenset(
    {
        "songxi", "guihua", "wangjiang", "office", "committee1", "leading-group", "guidance", "city-civil",
        "dep-org", "dep-civil", "dep-urban", "dep-peace", "dep-culture", "dep-discipline", "dep-police", "dep-health",
    }
)  # fmt: skip

SEATS = (
    Seat("tingquan", "陆明远", "declarant", "tingquan"),
    Seat("tingquan2", "江予安", "declarant", "tingquan"),
    Seat("songfeng", "温若竹", "declarant", "songfeng"),
    Seat("zhuli", "何秋白", "declarant", "zhuli"),
    Seat("yunqi", "白雨桐", "declarant", "yunqi"),
    Seat("guiyuan", "桂晓棠", "declarant", "guiyuan"),
    Seat("yuehu", "舒望月", "declarant", "yuehu"),
    Seat("jingui", "金南枝", "declarant", "jingui"),
    Seat("shuxiang", "文思齐", "declarant", "shuxiang"),
    Seat("linjiang", "江临风", "declarant", "linjiang"),
    Seat("dukou", "苏晚舟", "declarant", "dukou"),
    Seat("jiangqing", "晏初晴", "declarant", "jiangqing"),
    Seat("jinfan", "帆以宁", "declarant", "jinfan"),
    Seat("songxi", "沈知行", "town", "songxi"),
    Seat("songxi2", "冯素秋", "town", "songxi"),
    Seat("guihua", "秦观海", "town", "guihua"),
    Seat("wangjiang", "林载阳", "town", "wangjiang"),
    Seat("dep-org", "程怀瑾", "department", "dep-org"),
    Seat("dep-civil", "许清越", "department", "dep-civil"),
    Seat("dep-urban", "罗松年", "department", "dep-urban"),
    Seat("dep-peace", "叶清和", "department", "dep-peace"),
    Seat("dep-culture", "柳如眉", "department", "dep-culture"),
    Seat("dep-discipline", "严守正", "department", "dep-discipline"),
    Seat("dep-police", "方卫民", "department", "dep-police"),
    Seat("dep-health", "安宁远", "department", "dep-health"),
    Seat("office", "顾南乔", "office", "office"),
    Seat("office2", "孟书同", "office", "office"),
    Seat("committee1", "周以诚", "committee", "committee"),
    Seat("committee2", "吴思远", "committee", "committee"),
    Seat("committee3", "郑若水", "committee", "committee"),
    Seat("committee4", "王静姝", "committee", "committee"),
    Seat("committee5", "冯一鸣", "committee", "committee"),
    Seat("leading-group", "高瞻", "leading_group", "leading-group"),
    Seat("guidance", "费思齐", "office", "guidance"),
    Seat("city-civil", "欧阳启明", "office", "city-civil"),
    Seat("city-civil2", "欧阳知秋", "office", "city-civil"),
    Seat("city-jury1", "上官云起", "committee", "city-jury"),
    Seat("city-jury2", "令狐清远", "committee", "city-jury"),
    Seat("city-jury3", "慕容见山", "committee", "city-jury"),
    Seat("tingquan-group", "陆怀谷", "leading_group", "tingquan-group"),
    Seat("tingquan-branch", "陆青松", "declarant", "tingquan-branch"),
    Seat("lanqing", "兰青", "declarant", "lanqing"),
    Seat("songxi-clerk", "沈若谷", "declarant", "songxi"),
    Seat("dep-culture-clerk", "柳如烟", "declarant", "dep-culture"),
    Seat("elders-clerk", "乔老成", "declarant", "elders"),
    Seat("investigator", "明辨之", "investigator", "dep-discipline"),
    Seat("investigator2", "审慎言", "investigator", "dep-discipline"),
    Seat("system-admin", "司空维", "system_admin", "administration"),
    Seat("security-admin", "司马安", "security_admin", "administration"),
    Seat("audit-admin", "司徒审", "audit_admin", "administration"),
)
