"""Labs that nobody looks at go; the others stay."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from kubeviz import actions
from kubeviz.models import Lab
from tests.labs import open_lab

pytestmark = pytest.mark.django_db(transaction=True)


def unseen(days: int) -> Lab:
    lab = open_lab()
    Lab.objects.filter(id=lab.id).update(last_seen=timezone.now() - timedelta(days=days))
    return lab


def cleared(*options: str) -> str:
    said = StringIO()
    call_command("clearlabs", *options, stdout=said)
    return said.getvalue().strip()


def test_only_labs_unseen_for_so_long_are_cleared():
    old, new = unseen(8), unseen(6)
    assert cleared("--unseen-for", "7d") == "1 labs cleared"
    assert set(Lab.objects.values_list("id", flat=True)) == {new.id}
    assert not Lab.objects.filter(id=old.id).exists()


def test_labs_expire_by_themselves(settings):
    settings.LABS_EXPIRE_DAYS = 3
    cache.delete("labs/expired")
    unseen(4)
    kept = unseen(2)
    actions.expire()
    assert set(Lab.objects.values_list("id", flat=True)) == {kept.id}
    unseen(4)
    actions.expire()
    assert Lab.objects.count() == 2


@pytest.mark.parametrize("text", ["soon", "7", "7 d", "-1d", "7y"])
def test_nonsense_is_no_time(text):
    with pytest.raises(CommandError):
        cleared(f"--unseen-for={text}")
