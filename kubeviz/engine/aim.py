"""What kind of place a request was sent to: one mistake of many, whichever node, pod or port each of them chose."""

from ..cluster.objects import Node, Pod, Service
from ..cluster.state import Cluster
from .request import InvalidRequest, parse_url

NODE_PORTS = range(30000, 32768)


def aimed_at(cluster: Cluster, url: str) -> str:
    """`<node ExternalIP>:<nodePort>`, `<ClusterIP>:80`, or the name as it was typed."""
    try:
        target = parse_url(url)
    except InvalidRequest:
        return ""
    port = "<nodePort>" if target.port in NODE_PORTS else str(target.port)
    return f"{_place(cluster, target.host, target.port) if target.address else target.host}:{port}"[:100]


def _place(cluster: Cluster, ip: str, port: int) -> str:
    holder = cluster.holder(ip, port, "TCP")
    if isinstance(holder, Node):
        return "<node ExternalIP>" if ip == holder.external_ip else "<node InternalIP>"
    if isinstance(holder, Pod):
        return "<pod IP>"
    if isinstance(holder, Service):
        return "<ClusterIP>" if ip in holder.cluster_ips else "<EXTERNAL-IP>"
    return ip
