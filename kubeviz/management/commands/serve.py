"""Serves kubeviz with uvicorn: `make run` calls it, and so does each web process of a deployment."""

import errno
import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from ...environment import EVERY_ADDRESS, lan_addresses
from ..prepared import must_be_prepared

MAX_FRAME = 256 * 1024  # bytes a WebSocket client may send at once; more closes its socket with 1009


class Command(BaseCommand):
    help = "Serve kubeviz over HTTP and WebSocket. HOST=0.0.0.0 opens it to the network, PORT moves it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST or "127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
        parser.add_argument("--prepare", action="store_true", help="run `prepare` first")

    def handle(self, *args: Any, host: str, port: str, prepare: bool, **options: Any) -> None:
        with bind(host, port_number(port)) as listening:
            if prepare:
                call_command("prepare", stdout=self.stdout, stderr=self.stderr)
            must_be_prepared()
            server = Server(config(), addresses=addresses(host, listening.getsockname()[1]))
            try:
                server.run(sockets=[listening])
            except KeyboardInterrupt:
                self.stdout.write("")


class Server(uvicorn.Server):
    """uvicorn, with one line that says where to look as soon as it answers."""

    def __init__(self, config: uvicorn.Config, addresses: list[str]) -> None:
        super().__init__(config)
        self.addresses = addresses

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(
            f"\n  kubeviz → {'  '.join(self.addresses)}   (멈추기·stop: Ctrl+C)\n",
            file=sys.stderr,
            flush=True,
        )


def config() -> uvicorn.Config:
    return uvicorn.Config(
        "kubeviz.asgi:application",
        ws="websockets-sansio",
        ws_max_size=MAX_FRAME,
        lifespan="off",
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=2,
    )


def port_number(text: str) -> int:
    if text.isdigit() and 0 <= int(text) <= 65535:
        return int(text)
    raise CommandError(f"PORT={text}: 1~65535 사이의 수여야 합니다 (a number from 1 to 65535).")


def bind(host: str, port: int) -> socket.socket:
    """Takes the port before anything else is done, so that a taken one is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as error:
        listening.close()
        raise CommandError(why_not(host, port, error)) from None
    listening.set_inheritable(True)
    return listening


def why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"{port}번 포트는 이미 쓰이고 있습니다. 다른 포트로: make run PORT={port + 1}\n"
            f"Port {port} is taken, perhaps by another kubeviz. Use another: make run PORT={port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs the administrator's rights. Use one above 1023: make run PORT=8000"
    return f"HOST={host} PORT={port}: {error.strerror or error}"


def addresses(host: str, port: int) -> list[str]:
    """Where a browser finds the server; one open to every address is found at each of them."""
    hosts = ["127.0.0.1", *lan_addresses()] if host in EVERY_ADDRESS else [f"[{host}]" if ":" in host else host]
    return [f"http://{name}:{port}/" for name in hosts]
