"""The one way to change a class: its lock, its next version, and on commit the word that it moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction

from ... import live
from ...models import Classroom
from ..errors import Refused
from ..writing import one_writer


@contextmanager
def changing(classroom_id: str, *, closed: bool = False) -> Iterator[Classroom]:
    """The class, for this writer alone, at its next version; rows that change take `classroom.rv`.

    A closed class is changed only by who says so (*closed*): to open it again or to delete what is in it.
    """
    with one_writer():
        classroom = Classroom.objects.select_for_update().filter(pk=classroom_id).first()
        if classroom is None:
            raise Refused("class_gone", code=404)
        if classroom.closed and not closed:
            raise Refused("class_closed", code=409)
        classroom.rv += 1
        yield classroom
        classroom.save(update_fields=["rv"])
        transaction.on_commit(partial(live.publish_class, classroom_id, rv=classroom.rv))


def store(classroom: Classroom, *fields: str) -> None:
    """Fields that every page of the class shows."""
    classroom.shown_rv = classroom.rv
    classroom.save(update_fields=["shown_rv", *fields])
