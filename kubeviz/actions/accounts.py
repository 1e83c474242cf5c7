"""Accounts. Learners need none; whoever teaches or writes exercises has one.

Three kinds of user: an instructor (`is_staff`) has classes and exercises of their own, an admin (`is_superuser`)
also makes accounts and sees every class, anybody else has no account.
"""

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from .errors import Problem, Refused

MOST_NAME = 60


def first_needed() -> bool:
    """Whether this is a fresh database: nobody can teach yet."""
    return not User.objects.filter(is_staff=True, is_active=True).exists()


@transaction.atomic
def create_first(name: str, password: str) -> User:
    """The first instructor, who is also the admin. Raises Refused once there is one."""
    if not first_needed():
        raise Refused("first_taken", code=409)
    user = _new(name, password)
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    return user


@transaction.atomic
def create_instructor(name: str, password: str) -> User:
    """Another instructor, as an admin makes one."""
    return _new(name, password)


def _new(name: str, password: str) -> User:
    name = name.strip()
    user = User(username=name, is_staff=True)
    problems = [*_wrong_name(name), *_wrong_password(password, user)]
    if problems:
        raise Refused(*problems)
    user.set_password(password)
    user.save()
    return user


def _wrong_name(name: str) -> list[Problem]:
    try:
        User.username_validator(name)
    except ValidationError as error:
        return [Problem(message, "username") for message in error.messages]
    if not 1 <= len(name) <= MOST_NAME:
        return [Problem("account_name_long", "username")]
    if User.objects.filter(username__iexact=name).exists():
        return [Problem("account_taken", "username")]
    return []


def _wrong_password(password: str, user: User) -> list[Problem]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [Problem(message, "password") for message in error.messages]
    return []
