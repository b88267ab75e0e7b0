"""The cast (tests/workflow/cast.py) in its database."""

from tests.workflow.databases import at_the_cast, built, committed, d, transactional_db

__all__ = ["at_the_cast", "built", "committed", "d", "transactional_db"]
