"""https: which certificate the controller shows, and when it sends http on to https.

The host's own where `tls` names a Secret that exists, else its self-signed "Kubernetes Ingress Controller Fake
Certificate", at which curl stops unless -k tells it not to check (ingress-nginx, user guide: TLS).
"""

from typing import TYPE_CHECKING

from ...cluster.objects import Ingress
from ...cluster.state import Cluster
from ..journey import Journey
from . import annotations, explain
from .answers import own_answer
from .paths import Rule
from .rules import Rules, tiers

if TYPE_CHECKING:
    from .route import Door

TLS_PORT = 443
ACME = "/.well-known/acme-challenge"


def agrees(j: Journey, door: "Door", port: int, host: str) -> bool:
    """Whether client and controller speak the same on this port, and the client trusts what it is shown."""
    secure = j.target.scheme == "https"
    if port != TLS_PORT:
        if secure:
            j.stop("TLSNotSpoken", explain.no_tls, door, port)
        return not secure
    if not secure:
        own_answer(j, 400, "TLSExpected", explain.tls_expected, door, port)
        return False
    named = certificate(door.rules, host)
    secret = _secret(j.cluster, *named) if named else ""
    j.log.append((explain.handshake, door, host, named, secret))
    if j.request.verify and not secret:
        j.stop("CertificateNotTrusted", explain.not_trusted, door, host, named)
        return False
    return True


def certificate(rules: Rules, host: str) -> tuple[Ingress, str] | None:
    return next((rules.certificates[tier] for tier in tiers(host) if tier in rules.certificates), None)


def _secret(cluster: Cluster, ingress: Ingress, name: str) -> str:
    """The Secret that is shown, if there is one with a certificate and its key."""
    found = cluster.get("Secret", ingress.namespace, name) if name else None
    if found is None:
        return ""
    data = found.body.get("data") or {}
    return str(found.ref) if data.get("tls.crt") and data.get("tls.key") else ""


def redirects(j: Journey, rules: Rules, rule: Rule, host: str) -> bool:
    """http goes to https where the host has a certificate, unless ssl-redirect says no; or where it is forced."""
    if j.target.scheme != "http" or rule.path.startswith(ACME):
        return False
    if annotations.is_true(rule.ingress, "force-ssl-redirect"):
        return True
    return annotations.is_true(rule.ingress, "ssl-redirect", default=True) and certificate(rules, host) is not None
