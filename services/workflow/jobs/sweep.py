"""Jobs that ring the commands; none of them decides anything."""

from procrastinate.contrib.django import app

from services.workflow.commands.due import BATCH, fire_due
from services.workflow.commands.signals import forget_old


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="sweep", pass_context=False, name="sweep_due")
def sweep(timestamp: int) -> None:
    """Fire everything that is due by the database's clock. `timestamp` is procrastinate's and decides nothing."""
    while fire_due(most=BATCH) == BATCH:
        pass


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="forget", pass_context=False, name="forget_signals")
def forget(timestamp: int) -> None:
    """Drop signals that nobody can resume from any more."""
    forget_old()
