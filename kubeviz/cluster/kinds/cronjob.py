"""CronJob: defaults and rules (pkg/apis/batch). It is stored; nothing is started at its times."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, invalid, not_supported, required
from . import cronschedule, podspec
from .defaults import fill
from .templates import non_negative

Body = dict[str, Any]
NAME = names.dns_subdomain
POLICIES = ("Allow", "Forbid", "Replace")
LONGEST_NAME = 52
"""Its Jobs add eleven characters, and theirs is the name of pods."""
PATH = "spec.jobTemplate.spec"


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    fill(spec, "concurrencyPolicy", "Allow")
    for field, value in (("suspend", False), ("successfulJobsHistoryLimit", 3), ("failedJobsHistoryLimit", 1)):
        spec.setdefault(field, value)
    template = spec.setdefault("jobTemplate", {}).setdefault("spec", {}).setdefault("template", {})
    template.setdefault("metadata", {})
    podspec.default(template.setdefault("spec", {}))
    body.setdefault("status", {})


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [
        *_schedule(spec),
        *non_negative(spec, "startingDeadlineSeconds"),
        *_policy(spec["concurrencyPolicy"]),
        *_job(spec["jobTemplate"]["spec"]),
        *non_negative(spec, "successfulJobsHistoryLimit"),
        *non_negative(spec, "failedJobsHistoryLimit"),
        *(_length(body["metadata"].get("name") or "") if old is None else ()),
    ]


def _schedule(spec: Body) -> Iterable[FieldError]:
    schedule = spec.get("schedule") or ""
    if not schedule:
        yield required("spec.schedule")
    elif "TZ" in schedule:
        yield invalid("spec.schedule", schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead")
    elif cronschedule.problem(schedule):
        yield invalid("spec.schedule", schedule, cronschedule.problem(schedule))


def _policy(policy: str) -> Iterable[FieldError]:
    if policy not in POLICIES:
        yield not_supported("spec.concurrencyPolicy", policy, POLICIES)


def _job(job: Body) -> Iterable[FieldError]:
    """Its selector is always made by the server."""
    pod, where = job["template"]["spec"], f"{PATH}.template.spec.restartPolicy"
    yield from podspec.validate(pod, f"{PATH}.template.spec")
    if pod["restartPolicy"] == "Always":
        yield required(where, 'valid values: "OnFailure", "Never"')
    elif pod["restartPolicy"] not in ("OnFailure", "Never"):
        yield not_supported(where, pod["restartPolicy"], ("OnFailure", "Never"))
    if job.get("selector") is not None:
        yield invalid(f"{PATH}.selector", job["selector"], "`selector` will be auto-generated")


def _length(name: str) -> Iterable[FieldError]:
    if len(name) > LONGEST_NAME:
        yield invalid("metadata.name", name, f"must be no more than {LONGEST_NAME} characters")


def warnings(body: Body, old: Body | None = None) -> list[str]:
    return []
