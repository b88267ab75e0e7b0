"""The page of refusal codes, docs/codes.md, made from the tables that the product itself uses."""

from django.utils import translation

from services.workflow.wording.refusals import SENTENCES, TITLES
from services.workflow.wording.statuses import status_of

HEAD = """# Codes

Every refusal of the product carries one of these codes; the same codes stand in `application/problem+json`. They only grow: none is
renamed or given another meaning. Written by `manage.py codes`, compared in a test.

`%(name)s` stands for what the single case fills in; it comes as a member of the problem too.
"""


def codes_page() -> str:
    """All codes by the first part of their name, each with its status and its words in both languages."""
    groups: dict[str, list[str]] = {}
    for code in sorted(SENTENCES):
        groups.setdefault(code.partition(".")[0], []).append(code)
    return HEAD + "".join(_group(name, codes) for name, codes in groups.items())


def _group(name: str, codes: list[str]) -> str:
    rows = "".join(
        f"| `{code}` | {status_of(code)} | {_in('zh-hans', code)} | {_in('en', code)} |\n" for code in codes
    )
    with translation.override("en"):
        title = str(TITLES[name])
    return f"\n## {title}\n\n| code | status | 中文 | English |\n|---|---|---|---|\n{rows}"


def _in(language: str, code: str) -> str:
    with translation.override(language):
        return str(SENTENCES[code])
