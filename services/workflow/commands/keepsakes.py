"""What somebody keeps for their own convenience: views of the inbox, and phrases they often write."""

from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from services.workflow.commands import fields as f
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.models import Member, Phrase, SavedView

VIEWS_MOST = 20
PHRASES_MOST = 30
NAME_MOST, QUERY_MOST, PHRASE_MOST = 30, 400, 200


def save_view(name: str, query: str, *, by: Actor, key: UUID | None) -> Answer:
    """Keep what the inbox is narrowed to under a name. Returns {"view"}. Refused: view.name_taken, view.too_many."""
    return run(
        lambda tx: _save_view(tx, name, query), name="save_view", by=by, key=key, request=[name, query]
    )


def _save_view(tx: Transaction, name: str, query: str) -> Answer:
    called = f.text({"name": name}, "name", limit=NAME_MOST)
    asked = f.text({"query": query}, "query", limit=QUERY_MOST, required=False)
    own = _own(tx, SavedView, VIEWS_MOST, "view.too_many")
    if own.filter(name=called).exists():
        raise Refused("view.name_taken", field="name")
    made = SavedView.objects.create(member_id=tx.by.person, name=called, query=asked, at=tx.at)
    return {"view": made.pk}


def delete_view(view_id: int, *, by: Actor, key: UUID | None) -> Answer:
    """Returns {"deleted"}. Refused: view.not_found."""
    return run(
        lambda tx: _delete(tx, SavedView, view_id, Refused("view.not_found")),
        name="delete_view",
        by=by,
        key=key,
        request=view_id,
    )


def keep_phrase(text: str, *, by: Actor, key: UUID | None) -> Answer:
    """Keep a phrase for opinions to come. Returns {"phrase"}. Refused: phrase.exists, phrase.too_many."""
    return run(lambda tx: _keep_phrase(tx, text), name="keep_phrase", by=by, key=key, request=text)


def _keep_phrase(tx: Transaction, text: str) -> Answer:
    words = f.text({"text": text}, "text", limit=PHRASE_MOST)
    own = _own(tx, Phrase, PHRASES_MOST, "phrase.too_many")
    if own.filter(text=words).exists():
        raise Refused("phrase.exists", field="text")
    made = Phrase.objects.create(member_id=tx.by.person, text=words, at=tx.at)
    return {"phrase": made.pk}


def drop_phrase(phrase_id: int, *, by: Actor, key: UUID | None) -> Answer:
    """Returns {"deleted"}. Refused: phrase.not_found."""
    return run(
        lambda tx: _delete(tx, Phrase, phrase_id, Refused("phrase.not_found")),
        name="drop_phrase",
        by=by,
        key=key,
        request=phrase_id,
    )


def _own(tx: Transaction, model: type[Model], most: int, code: str) -> QuerySet[Any]:
    """This person's rows, counted under a lock so that two at once cannot exceed the limit."""
    Member.objects.select_for_update(no_key=True).get(pk=tx.by.person)
    own = model._default_manager.filter(member=tx.by.person)
    if own.count() >= most:
        raise Refused(code, most=most)
    return own


def _delete(tx: Transaction, model: type[Model], number: int, refusal: Refused) -> Answer:
    gone, _ = model._default_manager.filter(pk=number, member=tx.by.person).delete()
    if not gone:
        raise refusal
    return {"deleted": number}
