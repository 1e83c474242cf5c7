"""Names: inside a pod through its resolv.conf and CoreDNS, outside through the public DNS of the lab.

Sources: the Kubernetes DNS specification 1.1.0, resolv.conf(5), CoreDNS' kubernetes plugin.
"""

from .asking import PUBLIC_DNS, Query, query
from .files import DNS_IP, Config, config, host_lines, hostname, server_of
from .public import outside_name
from .records import TYPES, Answer, Record, Reply, lookup
from .resolving import resolve
from .zone import ZONE, reverse_name

__all__ = [
    "DNS_IP",
    "PUBLIC_DNS",
    "TYPES",
    "ZONE",
    "Answer",
    "Config",
    "Query",
    "Record",
    "Reply",
    "config",
    "host_lines",
    "hostname",
    "lookup",
    "outside_name",
    "query",
    "resolve",
    "reverse_name",
    "server_of",
]
