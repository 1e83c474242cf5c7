"""Accounts for those who teach."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.labs import open_lab

pytestmark = pytest.mark.django_db(transaction=True)

NAME, PASSWORD = "김 선생".replace(" ", ""), "hodu-gwaja-77"


@pytest.fixture(autouse=True)
def quick_and_uncounted(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a slow one is meant to be slow


@pytest.fixture
def teacher() -> User:
    return User.objects.create_user(NAME, password=PASSWORD, is_staff=True)


def log_in(client: Client, password: str = PASSWORD, name: str = NAME, **more):
    return client.post("/accounts/login", {"username": name, "password": password, **more})


def test_an_empty_database_asks_for_the_first_instructor_and_goes_on(client):
    assert client.get("/accounts/")["Location"] == "/accounts/first?next=%2Faccounts%2F"
    assert client.get("/accounts/login")["Location"].startswith("/accounts/first")
    made = client.post("/accounts/first", {"username": NAME, "password": PASSWORD, "next": "/accounts/"})
    assert made["Location"] == "/accounts/"
    user = User.objects.get()
    assert (user.username, user.is_staff, user.is_superuser) == (NAME, True, True)
    assert client.get("/accounts/").status_code == 200


def test_there_is_only_one_first(client, teacher):
    assert client.post("/accounts/first", {"username": "eve", "password": PASSWORD}).status_code == 302
    assert list(User.objects.all()) == [teacher]


def test_the_first_is_made_at_the_machine_itself():
    far = Client(REMOTE_ADDR="192.168.0.7")
    found = far.post("/accounts/first", {"username": NAME, "password": PASSWORD})
    assert found.status_code == 403
    assert "createsuperuser" in found.content.decode()
    assert not User.objects.exists()


BAD_FIRSTS = [
    ("no name", {"username": " ", "password": PASSWORD}, "username"),
    ("markup as name", {"username": "<b>", "password": PASSWORD}, "username"),
    ("a name too long", {"username": "a" * 61, "password": PASSWORD}, "username"),
    ("a short password", {"username": NAME, "password": "x1"}, "password"),
    ("a common password", {"username": NAME, "password": "password"}, "password"),
    ("digits only", {"username": NAME, "password": "8264017359"}, "password"),
]


@pytest.mark.parametrize(("sent", "field"), [r[1:] for r in BAD_FIRSTS], ids=[r[0] for r in BAD_FIRSTS])
def test_a_wrong_name_or_password_is_said_at_its_field(client, sent, field):
    found = client.post("/accounts/first", sent)
    assert found.status_code == 422
    assert list(found.context["errors"]) == [field]
    assert not User.objects.exists()


def test_logging_in_gives_a_new_session_key_and_keeps_the_lab(client, teacher):
    open_lab(owner="somebody else")
    lab = client.get("/").context["lab"]["id"]
    before = client.session.session_key
    assert log_in(client).status_code == 302
    assert client.session.session_key != before
    assert client.get("/").context["lab"]["id"] == lab


def test_logging_out_ends_the_session(client, teacher):
    log_in(client)
    key = client.session.session_key
    assert client.post("/accounts/logout").status_code == 302
    assert client.get("/accounts/").status_code == 302
    assert client.session.session_key != key
    assert client.get("/accounts/logout").status_code == 405


def test_one_comes_back_to_our_own_pages_only(client, teacher):
    assert log_in(client, next="/scenarios/?a=b")["Location"] == "/scenarios/?a=b"
    assert log_in(Client(), next="https://evil.example/")["Location"] == "/scenarios/"


def test_a_name_is_guarded_against_guessing_from_everywhere(client, teacher):
    for n in range(10):
        far = Client(REMOTE_ADDR=f"192.168.0.{n}")
        assert log_in(far, password=f"guess-{n}").status_code == 422
    assert log_in(client).status_code == 429
    assert log_in(client, name="another").status_code == 422


def test_a_school_behind_one_address_may_be_wrong_sixty_times(client, teacher):
    for n in range(60):
        log_in(client, name=f"nobody{n}")
    assert log_in(client, name="nobody61").status_code == 429
    assert log_in(Client(REMOTE_ADDR="192.168.0.9")).status_code == 302


def test_only_an_admin_makes_accounts(client, teacher):
    log_in(client)
    new = {"username": "박선생", "password": PASSWORD}
    assert client.post("/accounts/", new).status_code == 404
    User.objects.filter(pk=teacher.pk).update(is_superuser=True)
    assert client.post("/accounts/", new).status_code == 302
    assert not User.objects.get(username="박선생").is_superuser
    assert client.post("/accounts/", {**new, "username": "박선생"}).status_code == 422


def test_an_account_that_is_no_instructors_cannot_teach(client):
    User.objects.create_superuser("root", password=PASSWORD)
    User.objects.create_user("learner", password=PASSWORD)
    log_in(client, name="learner")
    assert client.get("/accounts/").status_code == 302


def test_the_password_can_be_changed(client, teacher):
    log_in(client)
    new = {"old_password": PASSWORD, "new_password1": "kkwabaegi-9", "new_password2": "kkwabaegi-9"}
    assert client.post("/accounts/password", new).status_code == 302
    assert log_in(Client(), password="kkwabaegi-9").status_code == 302
