"""ip and ifconfig: the addresses of the pod, the node or the laptop."""

from ...cluster.objects import Node, Pod
from .. import files
from ..session import Result, Session
from . import EVERYWHERE

PLACES = EVERYWHERE
LO = """1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
"""
ETH = """2: {device}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default
    link/ether {mac} brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet {ip}/24 brd {net}.255 scope global eth0
       valid_lft forever preferred_lft forever
"""


def addresses(session: Session) -> list[str]:
    """The place's own addresses, the main one first."""
    found = files.standing(session)
    if isinstance(found, Pod):
        return [found.ip]
    if isinstance(found, Node):
        return [found.internal_ip, found.bridge_ip]
    return ["192.168.49.1" if session.tx.cluster.environment.get("provider") == "minikube" else "172.30.1.20"]


def ip(argv: list[str], session: Session, stdin: str) -> Result:
    words = [word for word in argv if not word.startswith("-")] or ["help"]
    address = addresses(session)[0]
    net = address.rpartition(".")[0]
    if "address".startswith(words[0]) and words[0]:
        return Result(LO + _eth(session, address, net))
    if "route".startswith(words[0]):
        return Result(f"default via {net}.1 dev eth0\n{net}.0/24 dev eth0 proto kernel scope link src {address}\n")
    return Result(err=f'Object "{words[0]}" is unknown, try "ip help".\n', code=1)


def _eth(session: Session, address: str, net: str) -> str:
    """The bridge plugin makes a pod's hardware address from its IP (0a:58 and its four bytes)."""
    mac = "0a:58:" + ":".join(f"{int(part):02x}" for part in address.split("."))
    return ETH.format(device="eth0@if7" if session.place.kind == "pod" else "eth0", mac=mac, ip=address, net=net)


PROGRAMS = {"ip": ip}
