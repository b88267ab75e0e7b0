"""The rings of the transparency log: make the files of new decisions, then write down what was published."""

import hashlib
import logging

from procrastinate.contrib.django import app

from services.workflow.commands.papers import NOT_MADE, keep_file
from services.workflow.commands.transparency import BATCH, append_published
from services.workflow.documents.making import pdf_of
from services.workflow.domain.refused import Refused
from services.workflow.queries.papers import papers_to_make

PAPERS_AT_ONCE = 50
log = logging.getLogger("laurel.transparency")


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="transparency", pass_context=False, name="write_log")
def write_log(timestamp: int) -> None:
    """Bring the log up to date. `timestamp` is procrastinate's and decides nothing."""
    make_papers()
    while append_published() == BATCH:
        make_papers()


def make_papers() -> None:
    """The files of decisions that have none yet. One that cannot be made is told, and keeps nothing else waiting."""
    while papers := papers_to_make(PAPERS_AT_ONCE):
        for paper in papers:
            try:
                digest = hashlib.sha256(pdf_of(paper)).hexdigest()
            except Refused as refused:
                log.error("document %s was not made: %s", paper.pk, refused.code)
                digest = NOT_MADE
            keep_file(paper.pk, digest)
