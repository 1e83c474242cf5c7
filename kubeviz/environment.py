"""What the settings learn from the machine they run on: its key, its addresses, its databases."""

import os
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil

EVERY_ADDRESS = ("0.0.0.0", "::")  # HOST=0.0.0.0 opens kubeviz to a class
THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]

# One writer at a time is SQLite's rule: IMMEDIATE takes the write lock when a transaction starts, where the
# busy timeout can wait for it, instead of in the middle of one, where it can only fail.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
}
POSTGRESQL_OPTIONS = {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}}


def secret_key(path: Path) -> str:
    """The key kept in `path`; made once, so that sessions outlive a restart."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


def lan_addresses() -> list[str]:
    """This machine's IPv4 addresses as its neighbours see them, without loopback and link-local ones."""
    found = [
        address.address
        for addresses in psutil.net_if_addrs().values()
        for address in addresses
        if address.family == socket.AF_INET
    ]
    return sorted({ip for ip in found if not ip.startswith(("127.", "169.254."))})


def allowed_hosts(host: str, extra: list[str]) -> list[str]:
    """Names a browser may call this server by: a server open to a class answers to its own addresses."""
    if host in EVERY_ADDRESS:
        return [*THIS_MACHINE, *lan_addresses(), socket.gethostname().lower(), *extra]
    return [*THIS_MACHINE, *([host] if host else []), *extra]


def database(config: Mapping[str, Any]) -> dict[str, Any]:
    """Django's settings for the database that DATABASE_URL names, with the options kubeviz relies on."""
    sqlite = config["ENGINE"].endswith("sqlite3")
    options = SQLITE_OPTIONS if sqlite else POSTGRESQL_OPTIONS
    return {**config, "OPTIONS": {**options, **config.get("OPTIONS", {})}, "CONN_MAX_AGE": 0}


def channel_layer(redis_url: str, prefix: str) -> dict[str, Any]:
    """Redis carries the news between processes; without one the news stays in this process."""
    if redis_url:
        config = {"hosts": [redis_url], "prefix": prefix}
        return {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": config}
    return {"BACKEND": "channels.layers.InMemoryChannelLayer"}


def cache(redis_url: str, prefix: str) -> dict[str, Any]:
    """Where things are counted: beside the channel layer, in Redis or in this process."""
    if redis_url:
        backend = "django.core.cache.backends.redis.RedisCache"
        return {"BACKEND": backend, "LOCATION": redis_url, "KEY_PREFIX": prefix}
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}
