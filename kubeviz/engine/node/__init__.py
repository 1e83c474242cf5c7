"""The node: what kube-proxy (nftables mode) does with a packet for a Service or a node port.

One rewrite: the destination becomes podIP:targetPort on the node that first sees the packet. Where the sender
is not a pod, or comes in through a node port, the source is rewritten too, so that the reply finds its way back.
`arriving` tells the addresses apart, `forwarding` chooses the endpoint and rewrites, `explain` tells it.
"""

from .arriving import in_source_ranges, to_cluster_ip, to_external, to_node
from .explain import candidates, empty_evidence, unmatched_pods
from .forwarding import forward, source_ip, why_empty

__all__ = [
    "candidates",
    "empty_evidence",
    "forward",
    "in_source_ranges",
    "source_ip",
    "to_cluster_ip",
    "to_external",
    "to_node",
    "unmatched_pods",
    "why_empty",
]
