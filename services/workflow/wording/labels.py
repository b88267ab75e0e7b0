"""The names of stages, statuses, roles, steps, modes and kinds, as the glossary has them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

KINDS: dict[str, Promise] = {
    "declaration": pgettext_lazy("kind", "declaration"),
    "honour": pgettext_lazy("kind", "honour"),
    "objection": pgettext_lazy("kind", "objection"),
    "rectification": pgettext_lazy("kind", "rectification"),
    "programme": pgettext_lazy("kind", "programme"),
    "notice": pgettext_lazy("kind", "public notice"),
    "round_task": pgettext_lazy("kind", "task"),
}
STAGES: dict[str, Promise] = {
    "draft": pgettext_lazy("stage", "draft"),
    "preliminary_review": pgettext_lazy("stage", "preliminary review"),
    "eligibility": pgettext_lazy("stage", "eligibility"),
    "evaluation": pgettext_lazy("stage", "evaluation"),
    "notice": pgettext_lazy("stage", "public notice"),
    "naming": pgettext_lazy("stage", "naming and commendation"),
    "named": pgettext_lazy("stage", "named"),
    "returned": pgettext_lazy("stage", "returned for correction"),
    "withdrawn": pgettext_lazy("stage", "withdrawn"),
    "declined": pgettext_lazy("stage", "declined"),
    "not_selected": pgettext_lazy("stage", "not selected"),
    "disqualified": pgettext_lazy("stage", "disqualified"),
}
STATUSES: dict[str, Mapping[str, Promise]] = {
    "declaration": STAGES,
    "honour": {
        "held": pgettext_lazy("honour", "held"),
        "under_review": pgettext_lazy("honour", "under re-review"),
        "warned": pgettext_lazy("honour", "warned"),
        "rectifying": pgettext_lazy("honour", "in rectification"),
        "revocation_proposed": pgettext_lazy("honour", "revocation proposed"),
        "revoked": pgettext_lazy("honour", "revoked"),
        "lapsed": pgettext_lazy("honour", "lapsed"),
        "relinquished": pgettext_lazy("honour", "relinquished"),
    },
    "objection": {
        "lodged": pgettext_lazy("objection", "lodged"),
        "received": pgettext_lazy("objection", "received"),
        "investigating": pgettext_lazy("objection", "under investigation"),
        "found": pgettext_lazy("objection", "investigated"),
        "sustained": pgettext_lazy("objection", "sustained"),
        "dismissed": pgettext_lazy("objection", "dismissed"),
        "replied": pgettext_lazy("objection", "replied to"),
    },
    "rectification": {
        "ordered": pgettext_lazy("rectification", "ordered"),
        "planned": pgettext_lazy("rectification", "under way"),
        "reported": pgettext_lazy("rectification", "to be inspected"),
        "accepted": pgettext_lazy("rectification", "accepted"),
        "rejected": pgettext_lazy("rectification", "rejected"),
    },
    "notice": {
        "draft": pgettext_lazy("notice", "draft"),
        "prepared": pgettext_lazy("notice", "to be released"),
        "released": pgettext_lazy("notice", "running"),
        "suspended": pgettext_lazy("notice", "suspended"),
        "closed": pgettext_lazy("notice", "closed"),
        "taken_down": pgettext_lazy("notice", "taken down"),
    },
    "programme": {
        "draft": pgettext_lazy("programme", "draft"),
        "proposed": pgettext_lazy("programme", "proposed"),
        "on_notice": pgettext_lazy("programme", "on its project notice"),
        "admitted": pgettext_lazy("programme", "admitted"),
        "refused": pgettext_lazy("programme", "refused"),
        "withdrawn": pgettext_lazy("programme", "withdrawn"),
    },
}
ROLES: dict[str, Promise] = {
    "declarant": pgettext_lazy("role", "declarant"),
    "town": pgettext_lazy("role", "town reviewer"),
    "department": pgettext_lazy("role", "department"),
    "office": pgettext_lazy("role", "office"),
    "committee": pgettext_lazy("role", "committee member"),
    "leading_group": pgettext_lazy("role", "leading group"),
    "investigator": pgettext_lazy("role", "investigator"),
    "system_admin": pgettext_lazy("role", "system administrator"),
    "security_admin": pgettext_lazy("role", "security administrator"),
    "audit_admin": pgettext_lazy("role", "audit administrator"),
    "system": pgettext_lazy("role", "system"),
}
MODES: dict[str, Promise] = {
    "single": pgettext_lazy("mode", "decided by one body"),
    "clearance": pgettext_lazy("mode", "clearance"),
    "countersign": pgettext_lazy("mode", "joint review"),
    "scoring": pgettext_lazy("mode", "assessment"),
    "vote": pgettext_lazy("mode", "vote"),
    "notice": pgettext_lazy("mode", "public notice"),
    "finding": pgettext_lazy("mode", "joint finding"),
}
ROUND_NOTES = {
    "extended": pgettext_lazy("round", "due day moved"),
    "added": pgettext_lazy("round", "one body more asked"),
    "removed": pgettext_lazy("round", "body taken out"),
    "reminded": pgettext_lazy("round", "reminded"),
    "struck": pgettext_lazy("round", "unit taken off the slate"),
    "cancelled": pgettext_lazy("round", "round cancelled"),
    "closed": pgettext_lazy("round", "round closed"),
    "count_entered": pgettext_lazy("round", "count entered"),
    "count_confirmed": pgettext_lazy("round", "count confirmed"),
    "late": pgettext_lazy("round", "opinion after the close"),
}
ROUND_STATUSES: dict[str, Promise] = {
    "NEW": pgettext_lazy("round", "open"),
    "DONE": pgettext_lazy("round", "concluded"),
    "CANCELED": pgettext_lazy("round", "cancelled"),
}
VERDICTS: dict[str, Promise] = {
    "no_objection": pgettext_lazy("verdict", "no objection"),
    "objection": pgettext_lazy("verdict", "objection"),
    "veto": pgettext_lazy("verdict", "veto"),
    "agree": pgettext_lazy("verdict", "agree"),
    "disagree": pgettext_lazy("verdict", "disagree"),
    "for": pgettext_lazy("verdict", "for"),
    "against": pgettext_lazy("verdict", "against"),
    "abstain": pgettext_lazy("verdict", "abstain"),
    "recused": pgettext_lazy("verdict", "recused"),
    "scored": pgettext_lazy("verdict", "scored"),
    "answered": pgettext_lazy("verdict", "answered"),
    "founded": pgettext_lazy("verdict", "founded"),
    "partly_founded": pgettext_lazy("verdict", "partly founded"),
    "unfounded": pgettext_lazy("verdict", "unfounded"),
    "undetermined": pgettext_lazy("verdict", "cannot be determined"),
}
CAUSES: dict[str, Promise] = {
    "due": pgettext_lazy("cause of a re-review", "fell due"),
    "incident": pgettext_lazy("cause of a re-review", "incident"),
    "veto": pgettext_lazy("cause of a re-review", "veto"),
    "by_hand": pgettext_lazy("cause of a re-review", "opened by hand"),
    "score": pgettext_lazy("cause of a re-review", "score of another programme under the mark"),
    "objections": pgettext_lazy("cause of a re-review", "sustained objections"),
}
CHANNELS: dict[str, Promise] = {
    "web": pgettext_lazy("channel", "web form"),
    "visit": pgettext_lazy("channel", "visit"),
    "phone": pgettext_lazy("channel", "telephone"),
    "letter": pgettext_lazy("channel", "letter"),
    "email": pgettext_lazy("channel", "e-mail"),
    "fax": pgettext_lazy("channel", "fax"),
}
OBJECTORS: dict[str, Promise] = {
    "person": pgettext_lazy("objector", "person by real name"),
    "unit": pgettext_lazy("objector", "unit with its seal"),
    "tip": pgettext_lazy("objector", "anonymous tip"),
}
DOCUMENTS: dict[str, Promise] = {
    "resolution": pgettext_lazy("document", "resolution"),
    "revocation": pgettext_lazy("document", "decision on revocation"),
    "rectification": pgettext_lazy("document", "order to put right"),
}


def _word(table: Mapping[str, Promise], code: object) -> str:
    """The name of a code; the code itself where there is none, so that nothing is hidden."""
    return str(table.get(str(code), code))


def kind_label(kind: object) -> str:
    return _word(KINDS, kind)


def stage_label(stage: object) -> str:
    return _word(STAGES, stage)


def status_label(kind: object, status: object) -> str:
    """The name of a case's stage or status, by its kind."""
    return _word(STATUSES.get(str(kind), {}), status)


def place_label(place: object) -> str:
    """The name of a stage or status where the kind is not told; a declaration's word comes first."""
    for table in (STAGES, *STATUSES.values()):
        if str(place) in table:
            return str(table[str(place)])
    return str(place)


def role_label(role: object) -> str:
    return _word(ROLES, role)


def mode_label(mode: object) -> str:
    return _word(MODES, mode)


def note_label(kind: object) -> str:
    """What was done in a round beside its answers."""
    return _word(ROUND_NOTES, kind)


def round_status_label(status: object) -> str:
    return _word(ROUND_STATUSES, status)


def verdict_label(verdict: object) -> str:
    return _word(VERDICTS, verdict)


def cause_label(cause: object) -> str:
    return _word(CAUSES, cause)


def channel_label(channel: object) -> str:
    return _word(CHANNELS, channel)


def objector_label(kind: object) -> str:
    return _word(OBJECTORS, kind)


def document_label(kind: object) -> str:
    return _word(DOCUMENTS, kind)


SUBJECTS: dict[str, Promise] = {
    "candidates": pgettext_lazy("subject of a notice", "units proposed"),
    "results": pgettext_lazy("subject of a notice", "titles conferred"),
    "revocation": pgettext_lazy("subject of a notice", "titles revoked"),
}


def subject_label(about: object) -> str:
    return str(SUBJECTS.get(str(about), about))
