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
    path("labs/<str:lab_id>/objects/<path:ref>/", labs.inspect, name="object"),
    path("labs/<str:lab_id>/send", doing.send, name="send"),
    path("labs/<str:lab_id>/act", doing.act, name="act"),
    path("labs/<str:lab_id>/apply", doing.apply, name="apply"),
    path("labs/<str:lab_id>/undo", doing.undo, name="undo"),
    path("labs/<str:lab_id>/redo", doing.redo, name="redo"),
    path("labs/<str:lab_id>/reset", doing.reset, name="reset"),
    path("labs/<str:lab_id>/clock", doing.clock, name="clock"),
    path("labs/<str:lab_id>/mend", repairing.mend, name="mend"),
    path("labs/<str:lab_id>/traces/<str:trace_id>/repairs", repairing.repairs, name="repairs"),
    path("traces/<str:trace_id>/", traces.trace, name="trace"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/first", accounts.first, name="first"),
    path("accounts/login", accounts.LogIn.as_view(), name="login"),
    path("accounts/logout", LogoutView.as_view(next_page="/"), name="logout"),
    path("accounts/password", accounts.for_instructors(accounts.ChangePassword.as_view()), name="password"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("language", set_language, name="language"),
]
