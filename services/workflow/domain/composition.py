"""Who an edition may be made up of: at most so many, or such a share, of some kinds and categories."""

from collections.abc import Iterable, Mapping

from services.workflow.domain.programme_rules import CompositionRule

Makeup = tuple[str, str]  # kind and category of a subject


def concerns(rule: CompositionRule, subject: Makeup) -> bool:
    """Whether a rule counts a subject; a list it leaves empty holds everybody."""
    kind, category = subject
    return (not rule.kinds or kind in rule.kinds) and (not rule.categories or category in rule.categories)


def breached(
    rules: Iterable[CompositionRule], counts: Mapping[Makeup, int], subject: Makeup
) -> tuple[CompositionRule, ...]:
    """The rules that one more subject would break. `counts` are those decided and named before, without it.

    A share is of all of them, the new one included, and is asked only once they are so many that it comes to
    one whole subject: before, nobody at all could be taken.
    """
    everyone = sum(counts.values()) + 1
    return tuple(
        rule
        for rule in rules
        if concerns(rule, subject) and _is_over(rule, _counted(rule, counts) + 1, everyone)
    )


def _counted(rule: CompositionRule, counts: Mapping[Makeup, int]) -> int:
    return sum(number for subject, number in counts.items() if concerns(rule, subject))


def _is_over(rule: CompositionRule, number: int, everyone: int) -> bool:
    too_many = rule.number is not None and number > rule.number
    asked = rule.share is not None and everyone * rule.share >= 1
    return too_many or (rule.share is not None and asked and number > everyone * rule.share)
