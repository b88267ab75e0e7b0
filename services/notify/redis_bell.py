"""The bell by Redis, for sites whose database stands behind a pooler that carries no LISTEN.

A message says nothing but "look": what is read comes from the database, so a lost message costs one poll.
"""

import asyncio
import logging
import random
from collections.abc import Callable

from redis.asyncio import Redis
from redis.exceptions import RedisError

from services.notify import metrics

CHANNEL = "laurel"
QUIET_S = 30.0
LONGEST_BACKOFF_S = 2.0
log = logging.getLogger("laurel.notify")


async def listen(url: str, ring: Callable[[], None]) -> None:
    """Ring whenever a message comes, for ever; a Redis that is away is tried again."""
    delay = 0.1
    while True:
        try:
            async with (
                Redis.from_url(url, socket_connect_timeout=5, health_check_interval=10) as redis,
                redis.pubsub(ignore_subscribe_messages=True) as subscription,
            ):
                await subscription.subscribe(CHANNEL)
                delay = 0.1
                # What was rung while nobody listened.
                ring()
                while True:
                    if await subscription.get_message(timeout=QUIET_S):
                        metrics.BELLS.inc()
                        ring()
        except (RedisError, OSError, TimeoutError) as error:
            metrics.RECONNECTS.labels("redis").inc()
            log.warning("the bell's connection to Redis was lost: %s", error)
        await asyncio.sleep(random.uniform(delay / 2, delay))
        delay = min(2 * delay, LONGEST_BACKOFF_S)
