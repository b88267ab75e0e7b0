"""The worker: procrastinate runs it, a periodic job rings the sweep of due work.

The due dates lie in the list `due`, never in the queue: a lost ring is made good by the next one.
"""

import asyncio

from procrastinate.contrib.django import app

from services.workflow.jobs import sweep


def work(*, once: bool = False) -> None:
    """Work until stopped; with `once` fire what is due now and end."""
    if once:
        sweep.sweep(0)
        return
    asyncio.run(_run())


async def _run() -> None:
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]  # DjangoConnector has it
    async with worker_app.open_async():
        await worker_app.run_worker_async(
            concurrency=2, fetch_job_polling_interval=1.0, delete_jobs="always", install_signal_handlers=True
        )
