"""Every WebSocket address of kubeviz."""

from django.urls import URLPattern, path

from .classroom import classroom
from .lab import lab

websocket_urlpatterns: list[URLPattern] = [
    path("ws/labs/<str:lab_id>/", lab),  # type: ignore[arg-type]
    path("ws/classes/<str:class_id>/", classroom),  # type: ignore[arg-type]
]
