"""The page of each kind of work, by the kind and id that queries name it with."""

PAGES = {
    "declaration": "/cases/{}",
    "round_task": "/tasks/{}",
    "slate": "/slates/{}",
    "notice": "/notices/{}/edit",
    "objection": "/objections/{}",
    "honour": "/honours/{}",
    "rectification": "/rectifications/{}",
    "programme": "/programmes/{}",
    "edition": "/editions/{}",
}


def page_of(kind: str, number: int) -> str:
    """Where a case, a task, a slate or an edition is worked on."""
    return PAGES[kind].format(number)


def act_of(kind: str, number: int, step: str) -> str:
    """The page of one act on one case."""
    return f"{page_of(kind, number)}/{step}"


def side_act_of(kind: str, number: int, act: str) -> str:
    """The page of one act about work that does not move it: claim, reassign, urge, copy, recuse."""
    return f"/side-acts/{kind}/{number}/{act}"


def slate_new(edition: int, leg: int, track: str = "") -> str:
    """Where the cases that wait at a leg of a track are put on a slate."""
    return f"/editions/{edition}/slates/new?leg={leg}" + (f"&track={track}" if track else "")


def notice_new(edition: int) -> str:
    """Where a notice is drawn up of the cases that wait for it."""
    return f"/editions/{edition}/notices/new"


def honour_notice_new(edition: object, about: object) -> str:
    """The page that draws up a notice of titles conferred or revoked."""
    return f"/editions/{edition}/notices/of-{about}"
