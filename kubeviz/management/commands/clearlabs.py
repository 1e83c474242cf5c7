"""`manage.py clearlabs [--unseen-for 7d]`: deletes labs that nobody has looked at for so long, and the
personal data of classes whose retention is over.
"""

import re
from argparse import ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from ... import actions
from ..prepared import must_be_prepared

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Command(BaseCommand):
    help = "Delete labs that nobody has looked at for so long. What learners have achieved stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--unseen-for",
            type=duration,
            default=timedelta(days=settings.LABS_EXPIRE_DAYS),
            metavar="7d",
            help="30m, 12h, 7d or 2w (default: KUBEVIZ_LABS_EXPIRE_DAYS)",
        )

    def handle(self, *args: Any, unseen_for: timedelta, **options: Any) -> None:
        must_be_prepared()
        self.stdout.write(f"{actions.clear_labs(unseen_for)} labs cleared")
        if forgotten := actions.classes.sweep():
            self.stdout.write(f"{forgotten} learners of past classes forgotten")


def duration(text: str) -> timedelta:
    match = re.fullmatch(r"(\d{1,5})([mhdw])", text)
    if match is None:
        raise ArgumentTypeError(f"{text!r} is no time; write 30m, 12h, 7d or 2w")
    return timedelta(**{UNITS[match[2]]: int(match[1])})
