"""FirewallRule (kubeviz.dev): ports of the nodes that the cloud's firewall lets the internet reach."""

from ..errors import invalid, required
from . import checks
from .checks import Body, Errors


def default(body: Body) -> None:
    body.setdefault("spec", {}).setdefault("protocol", "TCP")


def validate(body: Body, old: Body | None = None) -> Errors:
    spec = body["spec"]
    errors = [] if spec.get("ports") else [required("spec.ports")]
    for i, port in enumerate(spec.get("ports") or ()):
        if isinstance(port, bool) or not isinstance(port, int):
            errors.append(invalid(f"spec.ports[{i}]", port, checks.BETWEEN))
        else:
            errors += checks.port_number(port, f"spec.ports[{i}]")
    return errors + checks.one_of(spec["protocol"], ("SCTP", "TCP", "UDP"), "spec.protocol")
