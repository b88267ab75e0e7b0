"""What a case can be, as closed lists; the groups stand beside them."""

from enum import StrEnum


class Kind(StrEnum):
    DECLARATION = "declaration"
    HONOUR = "honour"
    OBJECTION = "objection"
    RECTIFICATION = "rectification"
    PROGRAMME = "programme"
    NOTICE = "notice"


class Stage(StrEnum):
    """The life of a declaration within one edition."""

    DRAFT = "draft"
    PRELIMINARY_REVIEW = "preliminary_review"
    ELIGIBILITY = "eligibility"
    EVALUATION = "evaluation"
    NOTICE = "notice"
    NAMING = "naming"
    NAMED = "named"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    NOT_SELECTED = "not_selected"
    DISQUALIFIED = "disqualified"


REVIEWING = (Stage.PRELIMINARY_REVIEW, Stage.ELIGIBILITY, Stage.EVALUATION, Stage.NOTICE, Stage.NAMING)
RETURNABLE = (
    Stage.PRELIMINARY_REVIEW,
    Stage.ELIGIBILITY,
    Stage.EVALUATION,
)  # may be sent back for correction
ENDED = (Stage.NAMED, Stage.WITHDRAWN, Stage.DECLINED, Stage.NOT_SELECTED, Stage.DISQUALIFIED)
OPEN = (Stage.DRAFT, Stage.RETURNED, *REVIEWING)


class HonourStatus(StrEnum):
    HELD = "held"
    UNDER_REVIEW = "under_review"
    WARNED = "warned"
    RECTIFYING = "rectifying"
    REVOCATION_PROPOSED = "revocation_proposed"
    REVOKED = "revoked"
    LAPSED = "lapsed"
    RELINQUISHED = "relinquished"


LIVE_HONOUR = (
    HonourStatus.HELD,
    HonourStatus.UNDER_REVIEW,
    HonourStatus.WARNED,
    HonourStatus.RECTIFYING,
    HonourStatus.REVOCATION_PROPOSED,
)
ENDED_HONOUR = (HonourStatus.REVOKED, HonourStatus.LAPSED, HonourStatus.RELINQUISHED)


class ObjectionStatus(StrEnum):
    LODGED = "lodged"
    RECEIVED = "received"
    INVESTIGATING = "investigating"
    FOUND = "found"
    SUSTAINED = "sustained"
    DISMISSED = "dismissed"
    REPLIED = "replied"


class RectificationStatus(StrEnum):
    ORDERED = "ordered"
    PLANNED = "planned"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class NoticeStatus(StrEnum):
    DRAFT = "draft"
    PREPARED = "prepared"
    RELEASED = "released"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    TAKEN_DOWN = "taken_down"


class NoticeSubject(StrEnum):
    """What a notice tells of: units proposed, titles conferred, titles revoked. Projects have notices of their own."""

    CANDIDATES = "candidates"
    RESULTS = "results"
    REVOCATION = "revocation"


class ProgrammeStatus(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    ON_NOTICE = "on_notice"  # approved, the project notice is running
    ADMITTED = "admitted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Role(StrEnum):
    DECLARANT = "declarant"
    TOWN = "town"
    DEPARTMENT = "department"
    OFFICE = "office"
    COMMITTEE = "committee"
    LEADING_GROUP = "leading_group"
    INVESTIGATOR = "investigator"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


class Mode(StrEnum):
    """How a leg of the route is handled."""

    SINGLE = "single"
    CLEARANCE = "clearance"
    COUNTERSIGN = "countersign"
    SCORING = "scoring"
    VOTE = "vote"
    NOTICE = "notice"


ROUND_MODES = (Mode.CLEARANCE, Mode.COUNTERSIGN, Mode.SCORING, Mode.VOTE)
# 会同核查: bodies look together into an objection. A kind of round, and no leg of a route.
FINDING = "finding"
ROUND_KINDS = (*map(str, ROUND_MODES), FINDING)


class UnitKind(StrEnum):
    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"
    COMMUNITY = "community"
    DEPARTMENT = "department"
    COMMITTEE = "committee"
    LEADING_GROUP = "leading_group"
    WORKING_GROUP = "working_group"
    PARTY_ORGANISATION = "party_organisation"
    PERSON = "person"
