"""Figures of this node for Prometheus."""

from prometheus_client import Counter, Gauge, Histogram

CONNECTIONS = Gauge("laurel_notify_connections", "Open connections", ["kind"])
SUBSCRIPTIONS = Gauge("laurel_notify_subscriptions", "Topics heard, over all connections")
EVENTS = Counter("laurel_notify_events", "Events read from the feed")
DELIVERIES = Counter("laurel_notify_deliveries", "Events written to connections")
FANOUT = Histogram(
    "laurel_notify_fanout_seconds",
    "Time to write one event to all who hear it",
    buckets=(0.0001, 0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1.0),
)
COMMIT_TO_SEND = Histogram(
    "laurel_notify_commit_to_send_seconds",
    "From an event's own time, set in its transaction, until it was written to all who hear it",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)
HORIZON_LAG = Gauge("laurel_notify_horizon_lag_transactions", "Transactions the feed waits for")
BELLS = Counter("laurel_notify_bells", "Bells heard from PostgreSQL or Redis")
POLLS = Counter("laurel_notify_polls", "Looks at the feed without a bell")
RECONNECTS = Counter("laurel_notify_reconnects", "Lost connections to PostgreSQL", ["role"])
RING_HITS = Counter("laurel_notify_ring_hits", "Resumptions served from memory alone")
REPLAYS = Counter("laurel_notify_replays", "Resumptions that read the database")
RESETS = Counter("laurel_notify_resets", "Cursors answered by a reset")
SLOW_CLOSED = Counter("laurel_notify_slow_closed", "Connections closed because they read too slowly")
DENIED = Counter("laurel_notify_denied", "What was refused", ["why"])
