"""What all tests share: the database, a real server beside them, and a real Chromium."""

import os
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from kubeviz.actions import throttling
from kubeviz.queries.learning import _content
from scripts import chromium as chromiums

from .server import database_url, running
from .shipped import load_shipped

# The same examples on every run, however slow the machine: a verdict is the code's, not the hour's. Others are tried
# with --hypothesis-profile=explore.
ANY_MACHINE = hypothesis.settings(
    deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.data_too_large]
)
hypothesis.settings.register_profile("explore", ANY_MACHINE)
hypothesis.settings.register_profile("same", ANY_MACHINE, derandomize=True, database=None)
hypothesis.settings.load_profile("same")

STORES = {"db", "transactional_db", "server"}
PATIENCE = 60_000
"""Milliseconds that a page is waited for: it never decides whether something works, only how long a failure takes."""
BROWSES = {"page", "new_page", "chromium"}


def pytest_configure(config: pytest.Config) -> None:
    """Each test process has a channel prefix of its own: no news crosses on a shared Redis."""
    config.addinivalue_line("markers", "stored: uses the database (set by itself): runs again on PostgreSQL and Redis")
    layer = settings.CHANNEL_LAYERS["default"]
    if "CONFIG" in layer:
        layer["CONFIG"]["prefix"] = channel_prefix()


def channel_prefix() -> str:
    return f"{os.environ.get('REDIS_PREFIX', 'test')}-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Marks the tests that store something, and puts the browser's last: Playwright keeps an event loop
    running in this thread from its first test on, beside which no asyncio test could start."""
    for item in items:
        mark(item, set(getattr(item, "fixturenames", ())))
    yield
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def mark(item: pytest.Item, fixtures: set[str]) -> None:
    if fixtures & STORES or item.get_closest_marker("django_db"):
        item.add_marker("stored")
    if fixtures & BROWSES:
        item.add_marker("browser")
        # pytest-django sets up only the databases that some test asks for: without this the server of a run of
        # browser tests alone would work on the developer's own.
        item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite in a file, as in production: several threads and the server's process share it."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def quick_flush() -> None:
    """Between tests PostgreSQL's tables are emptied by DELETE: TRUNCATE makes new files for each of them, however
    little they hold. Django's foreign keys are checked at commit, so the order does not matter."""
    operations = type(connection.ops)
    if connection.vendor == "postgresql":
        operations.sql_flush = lambda self, style, tables, **options: [
            f"DELETE FROM {self.quote_name(table)}" for table in tables
        ]


@pytest.fixture(autouse=True)
def own_counters(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a stored test counts in the cache (tries, quotas) starts at nothing, no other process empties it, and
    the span that it is counted in does not end midway, however slow the machine."""
    if request.node.get_closest_marker("stored"):
        began = throttling.now()
        monkeypatch.setattr(throttling, "now", lambda: began)
        cached = {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}
        request.getfixturevalue("settings").CACHES = {"default": cached}
        _content.cache_clear()  # the ids of rows that were rolled back come again


@pytest.fixture(scope="session")
def server_process(django_db_setup: None) -> Iterator[str]:
    """One server for the whole run, on the tests' own database."""
    found = database_url(connection.settings_dict)
    with running(DATABASE_URL=found, REDIS_PREFIX=channel_prefix(), KUBEVIZ_GUARD_SECONDS="0.5") as address:
        yield address


@pytest.fixture
def server(server_process: str, django_db_blocker: Any) -> str:
    """The address of a running kubeviz whose shipped scenarios are there, whatever ran before."""
    with django_db_blocker.unblock():
        load_shipped()
    return server_process


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromiums.find()
    if path is None:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(chromiums.HELP)
    call_command("fetch_assets", verbosity=0)
    expect.set_options(timeout=PATIENCE)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's event loop runs in the test's own thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromiums.ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Opens pages, each a learner with cookies of their own; at the end none may have seen a script error."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(**options: Any) -> Page:
        defaults = {"base_url": server, "locale": "ko-KR", "viewport": {"width": 1280, "height": 720}}
        context = chromium.new_context(**{**defaults, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.extend(policy_violation(message.text)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def policy_violation(text: str) -> list[str]:
    return [text] if "Content Security Policy" in text or "integrity" in text else []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()
