import pytest
from django.test import Client

from kubeviz.models import Exercise
from tests.shipped import load_shipped

from .forms import author


@pytest.fixture
def course() -> None:
    if not Exercise.objects.filter(shipped=True).exists():
        load_shipped()


@pytest.fixture
def kim(course) -> Client:
    return author()
