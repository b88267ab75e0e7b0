"""Addresses: the API below /api/v1/, probes at the root, the pages everywhere else."""

from django.urls import URLPattern, URLResolver, include, path

from services.workflow.api.application import api, nothing_here
from services.workflow.api.health import healthz, metrics, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("api/v1/<path:rest>", nothing_here),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("", include("services.workflow.web.urls")),
]
handler400 = "services.workflow.web.errors.bad_request"
handler403 = "services.workflow.web.errors.forbidden"
handler404 = "services.workflow.web.errors.not_found"
handler500 = "services.workflow.web.errors.failed"
