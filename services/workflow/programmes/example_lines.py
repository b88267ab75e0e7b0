"""The invented lines behind the example workbooks, by programme."""

from dataclasses import dataclass

PAPERS, HEARING, ON_SITE, RECORDS, SURVEY = "papers", "hearing", "on_site", "records", "survey"
Line = tuple[str, int, str]  # name, points, method


@dataclass(frozen=True)
class Group:
    """One open indicator: points for the lines that the document names, in their order, and lines of our own."""

    indicator: str
    points: int
    scorer: str
    lines: tuple[Line, ...] = ()
    named_points: tuple[int, ...] = ()
    name: str = ""  # where the document gives the indicator none
    track: str = ""
    evidence: tuple[tuple[str, str], ...] = ()  # criterion, what is wanted


def _lines(names: str, points: tuple[int, ...], method: str = PAPERS) -> tuple[Line, ...]:
    return tuple((name, worth, method) for name, worth in zip(names.split(), points, strict=True))


FIVE = (4, 3, 3, 3, 3)

WENMING_000 = (
    Group(
        "2",
        16,
        "dep-civil",
        _lines("网格划分与值守 居务公开 居民议事协商 物业与业主组织指导 群众来信来访办理", FIVE),
        name="社区管理规范有序",
    ),
    Group(
        "3",
        18,
        "dep-civil",
        _lines("便民服务站点 助老助残服务 就业与救助 卫生与健康服务 志愿服务登记与活动", (4, 4, 4, 3, 3)),
        name="社区服务网络完善",
        evidence=(("3.2", "助餐点现场照片"),),
    ),
    Group(
        "4",
        16,
        "dep-urban",
        _lines("生活垃圾分类 楼道与公共空间 绿化养护 停车与道路秩序 宠物与噪声管理", FIVE, ON_SITE),
        name="社区环境整洁优美",
    ),
    Group(
        "5",
        16,
        "dep-peace",
        _lines("群防群治队伍 矛盾纠纷调解 消防安全检查 流动人口登记 反诈与禁毒宣传", FIVE),
        name="社区治安良好",
    ),
    Group(
        "6",
        16,
        "dep-culture",
        (
            *_lines("文体活动场所 读书与宣讲 未成年人教育 邻里互助", FIVE[:4]),
            ("居民满意度", 3, SURVEY),
        ),
        name="文体教育与邻里和谐",
    ),
)

HEXIE_002 = (
    Group("1", 50, "dep-civil", named_points=(20, 10, 8, 6, 6)),
    Group("2", 30, "guidance", named_points=(15, 15)),
    Group("3", 20, "guidance", _lines("示例服务体系 示例活动开展", (10, 10)), name="示例第三项建设"),
    Group(
        "1",
        100,
        "guidance",
        (("示例居民评价街镇", 40, SURVEY),),
        named_points=(30, 30),
        name="示例街镇工作",
        track="town",
    ),
    Group(
        "1",
        100,
        "guidance",
        (("示例社区评价部门", 40, SURVEY),),
        named_points=(30, 30),
        name="示例部门工作",
        track="department",
    ),
    Group(
        "1",
        100,
        "guidance",
        (("示例指导次数与成效", 60, RECORDS),),
        named_points=(40,),
        name="示例工作组工作",
        track="working-group",
    ),
    Group(
        "1",
        100,
        "dep-org",
        _lines("示例组织建设 示例党员作用", (50, 50)),
        name="示例党组织工作",
        track="party",
    ),
    Group(
        "1",
        100,
        "guidance",
        (("示例服务时长", 60, RECORDS), ("示例服务对象评价", 40, SURVEY)),
        name="示例个人表现",
        track="person",
    ),
)

MEILI_003 = (
    Group("1", 18, "city-jury", named_points=(5, 4, 3, 6)),
    Group("2", 18, "city-jury", (("示例五个一组织架构", 2, PAPERS),), named_points=(6, 4, 3, 3)),
    Group("3", 18, "city-jury", (("示例站室齐全", 4, ON_SITE),), named_points=(6, 6, 4, 4)),
    Group("4", 18, "city-jury", named_points=(6, 4, 4, 4)),
    Group("5", 14, "city-jury", (("示例社区成果展示", 4, HEARING),), named_points=(6, 4)),
    Group("6", 14, "city-jury", named_points=(5, 5, 4)),
)

LINES = {"wenming-000": WENMING_000, "hexie-002": HEXIE_002, "meili-003": MEILI_003}
