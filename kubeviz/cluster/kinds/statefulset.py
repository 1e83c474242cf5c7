"""StatefulSet."""

from ..errors import forbidden
from . import checks, workloads
from .checks import Body, Errors

warnings = workloads.template_warnings
CHANGEABLE = {"replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"}


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    spec.setdefault("replicas", 1)
    spec.setdefault("podManagementPolicy", "OrderedReady")
    spec.setdefault("revisionHistoryLimit", 10)
    spec.setdefault("persistentVolumeClaimRetentionPolicy", {"whenDeleted": "Retain", "whenScaled": "Retain"})
    strategy = spec.setdefault("updateStrategy", {})
    strategy.setdefault("type", "RollingUpdate")
    if strategy["type"] == "RollingUpdate":
        strategy.setdefault("rollingUpdate", {}).setdefault("partition", 0)
    workloads.default_template(body)


def validate(body: Body, old: Body | None = None) -> Errors:
    spec = body["spec"]
    errors = checks.one_of(spec["podManagementPolicy"], ("OrderedReady", "Parallel"), "spec.podManagementPolicy")
    errors += checks.one_of(spec["updateStrategy"]["type"], ("OnDelete", "RollingUpdate"), "spec.updateStrategy")
    errors += checks.non_negative(spec["replicas"], "spec.replicas")
    errors += workloads.validate_selector(spec, "statefulset")
    errors += workloads.validate_template(spec)
    if old is not None and any(spec.get(k) != old["spec"].get(k) for k in {*spec, *old["spec"]} - CHANGEABLE):
        errors.append(forbidden("spec", "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
                                "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"))  # fmt: skip
    return errors
