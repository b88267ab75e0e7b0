"""Every table, under one name each."""

from services.workflow.models.allowance import Allowance
from services.workflow.models.conflict import Recusal, RefusedAct, Relation
from services.workflow.models.correction import Correction
from services.workflow.models.declaration import (
    Answer,
    Declaration,
    Evidence,
    Incident,
    Measurement,
    Score,
    Veto,
)
from services.workflow.models.delivery import (
    Choice,
    Delivery,
    DeliveryAttempt,
    DeliveryTarget,
    Endpoint,
    FeedPlace,
    MemberRhythm,
    Reach,
)
from services.workflow.models.honour import Honour, Rectification, ReReview
from services.workflow.models.ledger import (
    CalendarDay,
    CalendarLoading,
    CalendarShift,
    CalendarYear,
    CommandLog,
    DemoClock,
    DocumentFile,
    DocumentNumber,
    Due,
    LedgerEntry,
    LedgerText,
    Signal,
)
from services.workflow.models.notice import (
    IdentityLook,
    Notice,
    NoticeFile,
    NoticeLine,
    Objection,
    ObjectorIdentity,
    SealedLetter,
)
from services.workflow.models.paper_template import PaperTemplate
from services.workflow.models.paper_vote import Attendance, Meeting, PaperCount, PaperVote
from services.workflow.models.programme import Edition, Programme, ProgrammeDraft, ProgrammeVersion
from services.workflow.models.round import Round, RoundTask
from services.workflow.models.round_note import NoteKind, RoundNote
from services.workflow.models.side_act import Copy, Deputy, Phrase, SavedView, SideAct
from services.workflow.models.slate import Ballot, Finding, JointFinding, Slate, SlateLine
from services.workflow.models.transparency import LogBody, LogCheckpoint, LogLeaf, LogNode
from services.workflow.models.unit import AccountEvent, ApiToken, Member, Office, Unit

__all__ = [
    "AccountEvent",
    "Allowance",
    "Answer",
    "ApiToken",
    "Attendance",
    "Ballot",
    "CalendarDay",
    "CalendarLoading",
    "CalendarShift",
    "CalendarYear",
    "Choice",
    "CommandLog",
    "Copy",
    "Correction",
    "Declaration",
    "Delivery",
    "DeliveryAttempt",
    "DeliveryTarget",
    "DemoClock",
    "Deputy",
    "DocumentFile",
    "DocumentNumber",
    "Due",
    "Edition",
    "Endpoint",
    "Evidence",
    "FeedPlace",
    "Finding",
    "Honour",
    "IdentityLook",
    "Incident",
    "JointFinding",
    "LedgerEntry",
    "LedgerText",
    "LogBody",
    "LogCheckpoint",
    "LogLeaf",
    "LogNode",
    "Measurement",
    "Meeting",
    "Member",
    "MemberRhythm",
    "NoteKind",
    "Notice",
    "NoticeFile",
    "NoticeLine",
    "Objection",
    "ObjectorIdentity",
    "Office",
    "PaperCount",
    "PaperTemplate",
    "PaperVote",
    "Phrase",
    "Programme",
    "ProgrammeDraft",
    "ProgrammeVersion",
    "ReReview",
    "Reach",
    "Rectification",
    "Recusal",
    "RefusedAct",
    "Relation",
    "Round",
    "RoundNote",
    "RoundTask",
    "SavedView",
    "Score",
    "SealedLetter",
    "SideAct",
    "Signal",
    "Slate",
    "SlateLine",
    "Unit",
    "Veto",
]
