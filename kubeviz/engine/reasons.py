"""How a request can end, and what curl says of it. One row a reason; `wording` has the sentences."""

from typing import NamedTuple


class Ending(NamedTuple):
    verdict: str
    curl: int


# curl: 6 could not resolve, 7 refused, 28 timed out, 22 an HTTP error (with --fail), 35 TLS, 60 certificate.
ENDINGS: dict[str, Ending] = {
    "Delivered": Ending("delivered", 0),
    "Redirected": Ending("delivered", 0),
    "NameNotFound": Ending("dns_error", 6),
    "NameHasNoAddress": Ending("dns_error", 6),
    "EnvMissing": Ending("dns_error", 6),
    "DNSUnavailable": Ending("dns_error", 6),
    "DNSBlocked": Ending("dns_error", 6),
    "FirewallBlocked": Ending("timeout", 28),
    "ClusterIPFromOutside": Ending("timeout", 28),
    "PodIPFromOutside": Ending("timeout", 28),
    "PrivateAddressFromOutside": Ending("timeout", 28),
    "AddressUnreachable": Ending("timeout", 28),
    "NodePortOnLoadBalancerIP": Ending("timeout", 28),
    "BalancerPortClosed": Ending("timeout", 28),
    "LoadBalancerPending": Ending("dns_error", 6),
    "SourceRangeBlocked": Ending("timeout", 28),
    "LocalPolicyNoEndpoint": Ending("timeout", 28),
    "PolicyDenied": Ending("timeout", 28),
    "NodeDown": Ending("timeout", 28),
    "OwnMachine": Ending("refused", 7),
    "NodePortClosed": Ending("refused", 7),
    "ServicePortClosed": Ending("refused", 7),
    "ServiceHasNoEndpoints": Ending("refused", 7),
    "SelectorMatchesNothing": Ending("refused", 7),
    "AllEndpointsUnready": Ending("refused", 7),
    "TargetPortClosed": Ending("refused", 7),
    "PodNotRunning": Ending("refused", 7),
    "PodIPGone": Ending("timeout", 28),
    "ServiceIPFree": Ending("timeout", 28),
    "NoIngressController": Ending("refused", 7),
    "IngressClassUnknown": Ending("http_error", 0),
    "IngressNoMatch": Ending("http_error", 0),
    "PathInvalid": Ending("http_error", 0),
    "BackendServiceMissing": Ending("http_error", 0),
    "BackendUnavailable": Ending("http_error", 0),
    "HealthCheckFailed": Ending("http_error", 0),
    "AppError": Ending("http_error", 0),
    "TLSExpected": Ending("http_error", 0),
    "CertificateNotTrusted": Ending("refused", 60),
    "TLSNotSpoken": Ending("refused", 35),
    "Loop": Ending("timeout", 28),
}
