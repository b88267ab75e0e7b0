"""The rings of the deliveries: read the feed, send what waits. What waits lies in its table, never in the queue."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from services.workflow.commands.deliveries import due_targets, forget_deliveries
from services.workflow.commands.relay import BATCH, relay_events, remind
from services.workflow.jobs.sending import send_all

# A queue with workers of its own: slow receivers keep no due work and no reader of the feed waiting.
QUEUE = "deliver"


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="relay", name="relay_feed")
def relay(timestamp: int) -> None:
    """Turn new events into deliveries and ring for every target that has something to send."""
    while relay_events() == BATCH:
        pass
    for target in due_targets():
        ring(target)


def ring(target: str) -> None:
    """Ask for one target to be served, unless it has been asked already."""
    try:
        send.configure(queueing_lock=f"deliver:{target}").defer(target=target)
    except AlreadyEnqueued:
        return


@app.task(queue=QUEUE, name="deliver")
def send(target: str) -> None:
    """Send what waits for one target."""
    send_all(target)


@app.periodic(cron="* * * * * 1")
@app.task(queueing_lock="remind", name="remind")
def reminders(timestamp: int) -> None:
    """Once a working day: what is late or falls due soon."""
    remind()


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="forget_deliveries", name="forget_deliveries")
def forget(timestamp: int) -> None:
    """Drop what was sent long ago."""
    forget_deliveries()
