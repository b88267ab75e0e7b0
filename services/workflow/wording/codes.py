"""The page of refusal codes, docs/codes.md, made from the tables that the product itself uses."""

from django.utils import translation

from services.workflow.wording.refusals import SENTENCES
from services.workflow.wording.statuses import status_of

HEAD = """# Codes

Every refusal of the product carries one of these codes; they are the `code` of `application/problem+json` too.
They only grow: none is renamed or given another meaning. Written by `manage.py codes`, compared in a test;
the push has its own part at the end.

`%(name)s` stands for what the single case fills in; it comes as a member of the problem under the same name.

| code | status | 中文 | English |
|---|---|---|---|
"""


def codes_page() -> str:
    """All codes in their order, each with its HTTP status and its words in both languages."""
    return HEAD + "".join(
        f"| `{code}` | {status_of(code)} | {_in('zh-hans', code)} | {_in('en', code)} |\n"
        for code in sorted(SENTENCES)
    )


def _in(language: str, code: str) -> str:
    with translation.override(language):
        return str(SENTENCES[code])
