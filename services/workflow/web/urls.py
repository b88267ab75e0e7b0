"""The addresses of the pages."""

from django.urls import path

from services.workflow.web.largetype import large_type
from services.workflow.web.parts import parts

urlpatterns = [
    path("type", large_type, name="large_type"),
    path("parts", parts, name="parts"),
]
