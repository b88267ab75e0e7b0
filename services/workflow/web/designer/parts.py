"""The parts that a programme is written in, one page each: which fields, in which order, in which words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from services.workflow.web.designer import choices as c
from services.workflow.web.designer.fields import As, Field, Group, Part, Rows
from services.workflow.web.designer.route_part import CARRIED, LEGS
from services.workflow.web.designer.standard_part import INDICATOR, STANDARD

Path = tuple[str | int, ...]
WINDOW = (
    Field("opens", _("First day"), hint=_("Month and day, such as 03-01")),
    Field("closes", _("Last day")),
)
ACTING = (
    *WINDOW,
    Field(
        "outside",
        _("What is done outside it"),
        As.PICK,
        c.OUTSIDES,
        hint=_("A warning where nothing is said"),
    ),
)
NAMES = (
    Field("name", _("Name of the programme"), hint=_("At most 25 characters"), required=True, wide=True),
    Field("title", _("Title that is awarded"), hint=_("Such as: civilised community"), required=True),
    Field("code", _("Code"), hint=_("Small Latin letters, digits, hyphens; used in files and addresses")),
    Field("summary", _("In one sentence"), As.AREA),
    Field("subject_kinds", _("Who may declare"), As.MANY, c.SUBJECT_KINDS, required=True),
    Field("scope", _("Within which unit it runs"), As.UNIT, required=True),
    Field("host", _("Host"), As.BODY, required=True),
    Field("decided_by", _("Who decides"), As.BODY, required=True),
    Field("issuers", _("In whose name it is issued"), As.LINES, hint=_("One a line")),
    Field("legal_basis", _("Legal basis"), As.LINES, hint=_("One document a line")),
    Field("cycle_months", _("Cycle in months"), As.WHOLE, hint=_("12 where nothing is said")),
    Field("first_year", _("In which year it ran first"), As.WHOLE),
    Field("own_programme", _("A unit runs it for itself"), As.TICK),
    Field(
        "ladder",
        _("Titles that must be held before"),
        As.LINES,
        hint=_("Codes of the programmes that award them, one a line"),
    ),
    Group("declaring", _("When declarations are filed"), WINDOW, more=True),
    Group("evaluating", _("When they are evaluated"), ACTING, more=True),
    Group("naming", _("When titles are awarded"), ACTING, more=True),
    Field("notice_number_prefix", _("Number of its notices begins with")),
    Field("decision_number_prefix", _("Number of its decisions begins with")),
)
ADMISSION = (
    Group(
        "admission",
        _("What the leading group decides on"),
        (
            Field("participants", _("Number of participants"), As.WHOLE),
            Field("reward", _("Reward")),
            Field("funding", _("Funding")),
            Field("form", _("Form of commendation")),
            Field(
                "notice_working_days",
                _("Project notice, in working days"),
                As.WHOLE,
                hint=_("Before the programme counts as admitted; empty for none"),
            ),
        ),
    ),
)
QUOTA = Group(
    "quota",
    _("Quota of an edition"),
    (
        Field("kind", _("Kind of quota"), As.PICK, c.QUOTAS),
        Field("number", _("Number"), As.WHOLE),
        Rows(
            "towns",
            _("Places of each town"),
            _("Town"),
            (Field("town", _("Town"), As.UNIT), Field("number", _("Places"), As.WHOLE)),
        ),
    ),
)
LEVELS = Rows(
    "levels",
    _("Levels of the title"),
    _("Level"),
    (
        Field("name", _("Name of the level"), required=True),
        Field("reached_at", _("From how many points on"), As.NUMBER),
    ),
)
MARKS = (
    Field(
        "pass_mark", _("Pass mark"), As.NUMBER, hint=_("Reached is passed: 90 passes at 90.00"), required=True
    ),
    Field(
        "tie_break",
        _("With equal points, compare"),
        As.LINES,
        hint=_("Codes of indicators or criteria, the first to compare on top"),
    ),
    Rows(
        "categories",
        _("Categories of subjects"),
        _("Category"),
        (Field("name", _("Name of the category"), required=True),),
        identity="code",
        stem="category",
    ),
    LEVELS,
    QUOTA,
    Rows(
        "composition",
        _("Limits of who may be named"),
        _("Limit"),
        (
            Field("name", _("What is limited"), required=True),
            Field("kinds", _("Kinds of subject"), As.MANY, c.SUBJECT_KINDS),
            Field("categories", _("Categories"), As.MANY, "categories"),
            Field("number", _("At most so many"), As.WHOLE),
            Field("share", _("At most this share"), hint=_("Such as 1/5")),
        ),
        more=True,
    ),
)
GROUND = (
    Field("name", _("Ground"), required=True),
    Field("owner", _("Department that raises it"), As.UNIT, required=True),
    Field("look_back_months", _("Looks back how many months"), As.WHOLE, hint=_("12 where nothing is said")),
)
VETOES = (
    Rows(
        "veto_grounds",
        _("Grounds of a veto"),
        _("Ground of a veto"),
        GROUND,
        identity="code",
        stem="ground",
    ),
    Rows("negative_list", _("Negative list"), _("Entry"), GROUND, identity="code", stem="entry"),
)
NOTICE = (
    Group(
        "notice",
        _("Public notice"),
        (
            Field("working_days", _("Length in working days"), As.WHOLE, hint=_("5 where nothing is said")),
            Field("opening_day_counts", _("The day of publication counts as the first"), As.TICK),
            Field("from_document", _("The source document asks for it"), As.YES_NO),
            Field("channels", _("How an objection may be lodged"), As.MANY, c.CHANNEL_KINDS),
            Field("person_names", _("Names of persons are shown"), As.PICK, c.PERSON_NAMES),
            Field("shown_days", _("Days until it is taken down"), As.WHOLE, hint=_("Empty: it stays")),
        ),
    ),
)
SUPERVISION = (
    Group(
        "supervision",
        _("What keeps a title"),
        (
            Field("rereview_every_years", _("Re-review every how many years"), As.WHOLE, required=True),
            Field("rereview_body", _("Who re-reviews"), As.BODY, required=True),
            Field("revocation_proposer", _("Who proposes a revocation"), As.BODY, required=True),
            Field("revocation_decider", _("Who decides on it"), As.BODY, required=True),
            Field("rereview_working_days", _("Working days for a re-review"), As.WHOLE),
            Field("rectification_working_days", _("Working days for a rectification"), As.WHOLE),
            Field("adjustable", _("Its day may be moved with a reason"), As.YES_NO),
            Field("term_years", _("Term of the title in years"), As.WHOLE),
            Field("ban_years", _("Years without declaring after a revocation"), As.WHOLE),
            Field("outcomes", _("What a re-review may come to"), As.MANY, c.OUTCOMES),
            Field(
                "renewed_share", _("At most this share of expiring titles is renewed"), hint=_("Such as 9/10")
            ),
            Field("review_objections", _("Sustained objections that open a re-review"), As.WHOLE),
            Group(
                "revocation_vote",
                _("Vote on a revocation"),
                CARRIED,
                more=True,
            ),
            Rows(
                "review_scores",
                _("Scores in other programmes that open a re-review"),
                _("Score"),
                (
                    Field("programme", _("Programme"), As.PICK, "programmes", required=True),
                    Field("below", _("Where it is under this mark"), As.NUMBER, required=True),
                ),
                more=True,
            ),
        ),
    ),
)
UNITS = (
    Rows(
        "units",
        _("Units that are named"),
        _("Unit"),
        (
            Field("code", _("Unit"), As.UNIT, required=True),
            Field("name", _("Name it goes by here"), required=True),
            Field("kind", _("Kind"), As.PICK, c.UNIT_KINDS, required=True),
        ),
    ),
)
TRACKS = (
    Rows(
        "tracks",
        _("What differs for some kinds of subject"),
        _("Track"),
        (
            Field("name", _("Name of the track"), required=True),
            Field("kinds", _("For which kinds of subject"), As.MANY, c.SUBJECT_KINDS, required=True),
            Field("title", _("Title that is awarded")),
            Field("pass_mark", _("Pass mark"), As.NUMBER),
            Field("tie_break", _("With equal points, compare"), As.LINES),
            QUOTA,
            LEVELS,
        ),
        identity="key",
        stem="track",
    ),
)
FACTS = (
    Rows(
        "facts",
        _("What the source document says beside"),
        _("Fact"),
        (Field("text", _("Text"), As.AREA, required=True), Field("source", _("Document"))),
        identity="key",
        stem="fact",
    ),
)
FIXED = (
    Part("names", _("Name and bodies"), (), NAMES),
    Part("admission", _("Admission"), (), ADMISSION),
    Part("route", _("Route"), (), (LEGS,), hint=_("In the order in which a declaration goes through them.")),
    Part("standard", _("Standard of scoring"), (), (STANDARD,)),
    Part("marks", _("Marks, quota and levels"), (), MARKS),
    Part("vetoes", _("Vetoes and negative list"), (), VETOES),
    Part("notice", _("Public notice"), (), NOTICE),
    Part("supervision", _("Standing supervision"), (), SUPERVISION),
    Part("tracks", _("Tracks of their own"), (), TRACKS),
    Part("units", _("Units named"), (), UNITS, hint=_("What other parts name is added here by itself.")),
    Part("facts", _("Facts from the document"), (), FACTS),
)


def parts_of(values: Mapping[str, Any]) -> list[Part]:
    """The pages of a draft: the fixed ones, one for each indicator, and those of each track."""
    found: list[Part] = []
    for part in FIXED:
        found.append(part)
        if part.slug == "standard":
            found += _indicators("indicator", values, ())
        if part.slug == "tracks":
            found += _of_tracks(values)
    return found


def _of_tracks(values: Mapping[str, Any]) -> list[Part]:
    found: list[Part] = []
    for at, track in enumerate(_rows(values.get("tracks"))):
        path: Path = ("tracks", at)
        name = str(track.get("name", "")) or str(at + 1)
        found.append(Part("track-route", _titled(name, _("Route")), path, (LEGS,)))
        found.append(Part("track-standard", _titled(name, _("Standard of scoring")), path, (STANDARD,)))
        found += _indicators("track-indicator", track, path)
    return found


def _titled(name: str, words: Any) -> str:
    return f"{name}：{words}"


def _indicators(slug: str, table: Mapping[str, Any], path: Path) -> list[Part]:
    standard = table.get("standard")
    rows = _rows(standard.get("indicators")) if isinstance(standard, Mapping) else []
    return [
        Part(
            slug,
            f"{row.get('code', '')} {row.get('name', '')}".strip() or str(at + 1),
            (*path, "standard", "indicators", at),
            (INDICATOR,),
        )
        for at, row in enumerate(rows)
    ]


def _rows(entries: Any) -> list[Mapping[str, Any]]:
    if not isinstance(entries, list):
        return []
    return [entry if isinstance(entry, Mapping) else {} for entry in entries]
