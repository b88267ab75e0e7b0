"""What a supervisor, a balancer and a gauge ask."""

import hmac
import os

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.workflow.api.problems import problem
from services.workflow.domain.refused import Refused

LOOPBACK = frozenset({"127.0.0.1", "::1"})


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return _told({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """The database can be reached and every migration has been applied."""
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return _told({"status": "no database"}, status=503)
    if waiting:
        return _told({"status": "migrations wait", "waiting": waiting}, status=503)
    return _told({"status": "ready"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Gauges for Prometheus: from this machine, or with METRICS_TOKEN as the bearer."""
    token = os.environ.get("METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    trusted = bool(token) and hmac.compare_digest(token.encode(), given.encode())
    if request.META.get("REMOTE_ADDR") not in LOOPBACK and not trusted:
        return problem(Refused("request.not_found"))
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _told(said: dict[str, object], *, status: int = 200) -> HttpResponse:
    response = JsonResponse(said, status=status)
    response["Cache-Control"] = "no-store"
    return response
