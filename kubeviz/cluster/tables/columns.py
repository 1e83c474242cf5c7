"""Columns, and the cells that many kinds share."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from ..changes import Body
from ..clock import moment
from ..objects import Obj

NONE = "<none>"
UNKNOWN = "<unknown>"


class Column(NamedTuple):
    name: str
    priority: int = 0
    """0 is always shown, 1 in the wide table only."""

    @property
    def header(self) -> str:
        return self.name.upper()


def of(*names: str, wide: tuple[str, ...] = ()) -> tuple[Column, ...]:
    return (*map(Column, names), *(Column(name, 1) for name in wide))


def duration(passed: timedelta) -> str:
    """A span as people read it: 59s, 2m5s, 17m, 5h30m, 3d4h (k8s.io/apimachinery/pkg/util/duration)."""
    seconds = int(passed.total_seconds())
    if seconds < -1:
        return "<invalid>"
    if seconds < 120:
        return f"{max(seconds, 0)}s"
    minutes, hours = seconds // 60, seconds // 3600
    if minutes < 10:
        return f"{minutes}m" + (f"{seconds % 60}s" if seconds % 60 else "")
    if minutes < 180:
        return f"{minutes}m"
    if hours < 8:
        return f"{hours}h" + (f"{minutes % 60}m" if minutes % 60 else "")
    return f"{hours}h" if hours < 48 else _days(hours)


def _days(hours: int) -> str:
    days = hours // 24
    if days < 8:
        return f"{days}d" + (f"{hours % 24}h" if hours % 24 else "")
    if days < 365 * 2:
        return f"{days}d"
    if days < 365 * 8:
        return f"{days // 365}y" + (f"{days % 365}d" if days % 365 else "")
    return f"{days // 365}y"


@lru_cache(maxsize=4096)
def since(time: str | None, now: datetime) -> str:
    return duration(now - moment(time)) if time else UNKNOWN


def age(obj: Obj, now: datetime) -> str:
    return since(obj.created, now)


def labels(pairs: dict[str, Any] | None) -> str:
    """k=v,k2=v2 in order of the keys."""
    return ",".join(f"{k}={v}" for k, v in sorted((pairs or {}).items())) or NONE


def label_selector(selector: Body | None) -> str:
    """A metav1.LabelSelector in the notation of -l (apimachinery/pkg/apis/meta/v1 FormatLabelSelector)."""
    if not selector:
        return NONE
    found = [(k, f"{k}={v}") for k, v in (selector.get("matchLabels") or {}).items()]
    found += [(r["key"], _requirement(r)) for r in selector.get("matchExpressions") or ()]
    return ",".join(text for _, text in sorted(found, key=lambda pair: pair[0])) or NONE


def _requirement(requirement: Body) -> str:
    key, values = requirement["key"], ",".join(sorted(requirement.get("values") or ()))
    match requirement["operator"]:
        case "In":
            return f"{key} in ({values})"
        case "NotIn":
            return f"{key} notin ({values})"
        case "Exists":
            return str(key)
    return f"!{key}"


def containers(template: Body) -> tuple[str, str]:
    """The names and the images of a pod template's containers."""
    found = (template.get("spec") or {}).get("containers") or ()
    return ",".join(c["name"] for c in found), ",".join(c.get("image") or "" for c in found)


def at_most(found: list[str], most: int = 3) -> str:
    """The first few, and how many more."""
    shown = ",".join(found[:most])
    return f"{shown} + {len(found) - most} more..." if len(found) > most else shown


def balancer_addresses(status: Body) -> list[str]:
    """IPs and host names a load balancer was given, sorted."""
    ingress = (status.get("loadBalancer") or {}).get("ingress") or ()
    return sorted({i.get("ip") or i.get("hostname") or "" for i in ingress} - {""})


def host_port(host: str, port: object) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
