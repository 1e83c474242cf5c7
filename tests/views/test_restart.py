"""What a learner has done outlives the server: another process, the same browser, the same points."""

import re
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from django.db import connection

from tests.server import database_url, running
from tests.shipped import load_shipped

pytestmark = pytest.mark.django_db(transaction=True)


def read(browser: OpenerDirector, url: str, **fields: str) -> tuple[str, str]:
    """(the address in the end, the page); with fields a form is sent."""
    sent = urlencode(fields).encode() if fields else None
    with browser.open(url, sent) as answer:
        return answer.url, answer.read().decode()


def token(page: str) -> str:
    found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return found[1]


def test_results_survive_a_restart_of_the_server() -> None:
    load_shipped()
    stored = database_url(connection.settings_dict)
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    with running(DATABASE_URL=stored) as server:
        form = {"csrfmiddlewaretoken": token(read(browser, f"{server}/lessons/")[1])}
        lab, _ = read(browser, f"{server}/exercises/one-letter/open", **form)
        lab = lab.removeprefix(server)
        read(browser, f"{server}{lab}lesson/answer", check="before", value="refused", **form)
        read(browser, f"{server}{lab}act", action="mend_selector", ref="service/snackbar/payment", **form)
        _, page = read(browser, f"{server}{lab}lesson/check", submission="1", **form)
        assert 'data-state="solved"' in page
    with running(DATABASE_URL=stored) as server:
        _, page = read(browser, f"{server}{lab}")
        assert 'data-state="solved"' in page
        assert "10 / 10점" in page
        _, shelf = read(browser, f"{server}/lessons/")
        assert 'data-exercise="one-letter" data-state="solved"' in shelf
