"""Addresses of messages beyond the browser: one's own settings, and the system administrator's pages."""

from django.urls import path

from services.workflow.web import deliveries, endpoints, notifications

urlpatterns = [
    path("account/notifications", notifications.notifications, name="notifications"),
    path("administration/endpoints", endpoints.endpoints, name="endpoints"),
    path("administration/endpoints/<int:endpoint_id>", endpoints.endpoint, name="endpoint"),
    path("administration/deliveries", deliveries.deliveries, name="deliveries"),
]
