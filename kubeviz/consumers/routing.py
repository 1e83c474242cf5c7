"""Every WebSocket address of kubeviz."""

from django.urls import URLPattern

websocket_urlpatterns: list[URLPattern] = []
