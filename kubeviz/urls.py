"""Every address of kubeviz."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from .views import (
    accounts,
    doing,
    glossary,
    home,
    labs,
    lessons,
    objects,
    repairing,
    traces,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("scenarios/", home.scenarios, name="scenarios"),
    path("scenarios/<slug:slug>/open", home.open_scenario, name="open"),
    path("labs/<str:lab_id>/", labs.lab, name="lab"),
    path("labs/<str:lab_id>/graph.json", labs.graph, name="graph"),
    path("labs/<str:lab_id>/twin", labs.twin, name="twin"),
    path("labs/<str:lab_id>/objects/", objects.objects, name="objects"),
    path("labs/<str:lab_id>/edit", objects.edit, name="edit"),
    path("labs/<str:lab_id>/export.yaml", objects.export, name="export"),
    path("labs/<str:lab_id>/objects/<path:ref>/", labs.inspect, name="object"),
    path("labs/<str:lab_id>/send", doing.send, name="send"),
    path("labs/<str:lab_id>/act", doing.act, name="act"),
    path("labs/<str:lab_id>/apply", objects.apply, name="apply"),
    path("labs/<str:lab_id>/undo", doing.undo, name="undo"),
    path("labs/<str:lab_id>/redo", doing.redo, name="redo"),
    path("labs/<str:lab_id>/reset", doing.reset, name="reset"),
    path("labs/<str:lab_id>/clock", doing.clock, name="clock"),
    path("labs/<str:lab_id>/mend", repairing.mend, name="mend"),
    path("labs/<str:lab_id>/traces/<str:trace_id>/repairs", repairing.repairs, name="repairs"),
    path("traces/<str:trace_id>/", traces.trace, name="trace"),
    path("lessons/", lessons.shelf, name="lessons"),
    path("lessons/<slug:slug>/", lessons.lesson, name="lesson"),
    path("lessons/<slug:slug>/open", lessons.open_lesson, name="open_lesson"),
    path("exercises/<slug:slug>/", lessons.exercise, name="exercise"),
    path("exercises/<slug:slug>/open", lessons.open_exercise, name="open_exercise"),
    path("labs/<str:lab_id>/lesson/check", lessons.check, name="check"),
    path("labs/<str:lab_id>/lesson/hint", lessons.hint, name="hint"),
    path("labs/<str:lab_id>/lesson/answer", lessons.answer, name="answer"),
    path("labs/<str:lab_id>/lesson/restart", lessons.restart, name="restart"),
    path("labs/<str:lab_id>/lesson/show", lessons.show, name="show"),
    path("labs/<str:lab_id>/lesson/watched", lessons.watched, name="watched"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/first", accounts.first, name="first"),
    path("accounts/login", accounts.LogIn.as_view(), name="login"),
    path("accounts/logout", LogoutView.as_view(next_page="/"), name="logout"),
    path("accounts/password", accounts.for_instructors(accounts.ChangePassword.as_view()), name="password"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("language", set_language, name="language"),
]
