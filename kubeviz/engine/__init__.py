"""The network: `trace(cluster, request)` says what happens to a request, and why.

Pure, total and deterministic: the same cluster, request and seed give the same trace, and a packet that does not
arrive is a verdict with its evidence, never an exception (only a request no client could send is: InvalidRequest).

A request passes through the stages in this order, each a module: `tracing` (who sends it, and to which address),
`dns` (names), `edge` (firewall, balancer) or `inside` (from a pod or a node), `node` (kube-proxy), `policy`
(NetworkPolicy), `pod` (whether anybody listens, what the app answers), `ingress` (the controller's rules), `calls`
(what an app asks of others). What they look up: `routes` (the endpoints of a Service port), `networks` (whose an
address is), `aim` (what kind of place that is), `env` and `downward` (what a container knows), `health` (what a
balancer asks nodes). What is told: `journey` (decided so far), `model` and `record` (the trace), `reasons` (how it can
end), `curl` (what curl says).
"""

from .aim import aimed_at
from .journey import Affinity, Kept
from .record import Trace
from .request import InvalidRequest, Request
from .tracing import trace

__all__ = ["Affinity", "InvalidRequest", "Kept", "Request", "Trace", "aimed_at", "trace"]
