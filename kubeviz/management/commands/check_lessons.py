"""`manage.py check_lessons`: proves every exercise, and says of each that is not proven what is wrong with it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kubeviz.actions.proving import prove, prove_lesson
from kubeviz.lessons.proof import Flaw
from kubeviz.management.prepared import must_be_prepared
from kubeviz.models import Exercise, Lesson, State
from kubeviz.wording.checks import flaw


class Command(BaseCommand):
    help = (
        "Prove every exercise: its start fails, its solution passes, both languages are there, hints can be reached, "
        "links lead somewhere. Exits with 1 if one is not proven."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="*", help="only these exercises")
        parser.add_argument("--language", choices=("ko", "en"), default="en")

    def handle(self, *args: Any, slug: list[str], language: str, **options: Any) -> None:
        must_be_prepared()
        exercises = Exercise.objects.select_related("scenario").exclude(state=State.ARCHIVED)
        chosen = exercises.filter(slug__in=slug) if slug else exercises
        found = {e.slug: prove(e) for e in chosen}
        missing = sorted(set(slug) - set(found))
        if not slug:
            found |= {f"lesson {le.slug}": prove_lesson(le) for le in Lesson.objects.exclude(state=State.ARCHIVED)}
        for name, flaws in found.items():
            self._tell(name, flaws, language)
        for name in missing:
            self.stderr.write(f"there is no exercise {name}")
        bad = sum(bool(flaws) for flaws in found.values())
        self.stdout.write(f"{len(found) - bad} proven, {bad} not")
        if bad or missing or not found:
            sys.exit(1)

    def _tell(self, name: str, flaws: list[Flaw], language: str) -> None:
        if not flaws:
            self.stdout.write(f"ok    {name}")
        for found in flaws:
            self.stdout.write(f"FLAW  {name}: {flaw(found.code, found.params, language)}")
