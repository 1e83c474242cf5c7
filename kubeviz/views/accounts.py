"""Accounts for those who teach: the first one on an empty database, log in, log out, and who else has one."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .. import actions
from .access import in_words

View = Callable[..., HttpResponseBase]

TRIES_OF_ADDRESS, TRIES_AT_NAME, PER = 60, 10, 300
"""Wrong passwords in five minutes: a school is one address, so an account is guarded more closely than an address."""


def may_teach(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.is_staff)


def for_instructors(view: View) -> View:
    """Whoever has no account is asked to log in; on an empty database, to make the first account."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        if may_teach(request.user):
            return view(request, *args, **more)
        door = "first" if actions.first_needed() else "login"
        back = request.get_full_path() if request.method == "GET" else "/"
        return redirect(f"{reverse(door)}?{urlencode({'next': back})}")

    return checked


def for_admins(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        if not request.user.is_superuser:
            return render(request, "404.html", status=404)
        return view(request, *args, **more)

    return for_instructors(checked)


def where_next(request: HttpRequest) -> str:
    """The page that somebody came from, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


class LogIn(LoginView):
    """Django's own, with a limit on wrong passwords."""

    template_name = "accounts/login.html"

    def dispatch(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        if actions.first_needed() and not request.user.is_authenticated:
            return redirect(f"{reverse('first')}?{urlencode({'next': where_next(request)})}")
        return super().dispatch(request, *args, **more)

    def post(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        try:
            for kind, who, most in self._counted(request):
                actions.spent(f"login-{kind}", who, most, PER)
        except actions.Throttled as error:
            return render(request, self.template_name, {"wait": error.wait, "next": where_next(request)}, status=429)
        return super().post(request, *args, **more)

    def form_invalid(self, form: Any) -> HttpResponse:
        for kind, who, _ in self._counted(self.request):
            actions.spend(f"login-{kind}", who, 10**9, PER)
        return self.render_to_response(self.get_context_data(form=form, next=where_next(self.request)), status=422)

    @staticmethod
    def _counted(request: HttpRequest) -> list[tuple[str, str, int]]:
        name = request.POST.get("username", "")[:150].casefold()
        address = str(request.META.get("REMOTE_ADDR", ""))
        return [("address", address, TRIES_OF_ADDRESS), ("name", name, TRIES_AT_NAME)]


class ChangePassword(PasswordChangeView):
    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """The first instructor, once, and only at the machine itself: on a network anybody could be the first."""
    if not actions.first_needed():
        return redirect(where_next(request))
    context: dict[str, Any] = {"next": where_next(request), "here": _is_here(request), "errors": {}}
    if request.method == "GET" or not context["here"]:
        return render(request, "accounts/first.html", context, status=200 if context["here"] else 403)
    try:
        user = actions.create_first(request.POST.get("username", ""), request.POST.get("password", ""))
    except actions.Refused as refusal:
        return render(request, "accounts/first.html", context | _wrong(request, refusal), status=refusal.code)
    login(request, user)
    return redirect(where_next(request))


def _is_here(request: HttpRequest) -> bool:
    try:
        return ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False


def _wrong(request: HttpRequest, refusal: actions.Refused) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    for problem in in_words(refusal, (get_language() or "ko").partition("-")[0]).problems:
        errors.setdefault(problem.field or "all", []).append(problem.message)
    return {"errors": errors, "username": request.POST.get("username", "")}


@never_cache
@sensitive_post_parameters("password")
@for_instructors
@require_http_methods(["GET", "POST"])
def accounts(request: HttpRequest) -> HttpResponseBase:
    """My own account; for an admin also everybody else's, and a form for a new one."""
    context: dict[str, Any] = {"people": _people(request), "errors": {}}
    if request.method == "GET":
        return render(request, "accounts/page.html", context)
    return for_admins(_add)(request, context)


def _people(request: HttpRequest) -> list[User]:
    users = User.objects.filter(is_staff=True).order_by("username")
    return list(users if request.user.is_superuser else users.filter(username=request.user.get_username()))


def _add(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    try:
        actions.create_instructor(request.POST.get("username", ""), request.POST.get("password", ""))
    except actions.Refused as refusal:
        return render(request, "accounts/page.html", context | _wrong(request, refusal), status=refusal.code)
    return redirect("accounts")
