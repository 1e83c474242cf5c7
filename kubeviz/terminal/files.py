"""The files one can read and write from a place: the laptop's manifests, a pod's /etc. None is the server's own."""

from ..cluster.objects import Node, Pod
from ..engine import dns, env
from .session import Place, Session

USER = "student"
HOME = f"/home/{USER}/"
HOSTS_HEAD = "# Kubernetes-managed hosts file.\n"
IPV6_HOSTS = (
    "::1\tlocalhost ip6-localhost ip6-loopback\n"
    "fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n"
)
NODE_RESOLVER = "192.168.0.1"
MOST_FILES = 100


class NoSpace(Exception):
    """More files than a terminal may have."""


def standing(session: Session) -> Pod | Node | None:
    """The pod or node one is in; None on the laptop, and when it is gone."""
    place = session.place
    if place.kind == "laptop":
        return None
    found: Pod | Node | None = session.tx.cluster.get(place.kind.capitalize(), place.namespace, place.name)
    return found


def name_of(session: Session, path: str) -> str:
    """The name under which a path is kept: the laptop's home is left out, `./` and doubled slashes too."""
    while path.startswith("./"):
        path = path[2:]
    path = path.replace("//", "/")
    if session.place.kind != "laptop":
        return path if path.startswith("/") else f"/{'' if path == '.' else path}"
    return path.removeprefix("~/").removeprefix(HOME)


def listing(session: Session) -> dict[str, str]:
    """Every file of the place, by name."""
    if session.place.kind == "laptop":
        return {**system_files(session), **session.files}
    return {**system_files(session), **session.scratch.get(session.place.source, {})}


def read(session: Session, path: str) -> str | None:
    return listing(session).get(name_of(session, path))


def write(session: Session, path: str, text: str, append: bool = False) -> None:
    """Raises NoSpace, Exhausted."""
    name = name_of(session, path)
    if name == "/dev/null":
        return
    own = _own(session, session.place)
    if name not in own and len(own) >= MOST_FILES:
        raise NoSpace(name)
    old = (read(session, name) or "") if append else ""
    own[name] = session.budget.hold(old + text)


def remove(session: Session, path: str) -> bool:
    """Whether there was one that can be removed."""
    return _own(session, session.place).pop(name_of(session, path), None) is not None


def _own(session: Session, place: Place) -> dict[str, str]:
    return session.files if place.kind == "laptop" else session.scratch.setdefault(place.source, {})


def is_directory(session: Session, path: str) -> bool:
    name = name_of(session, path).rstrip("/")
    if name in ("", ".", "~", HOME.rstrip("/"), "/"):
        return True
    return any(file.startswith(f"{name}/") for file in listing(session))


# ── what the system itself wrote ──


def system_files(session: Session) -> dict[str, str]:
    found = standing(session)
    if isinstance(found, Pod):
        return {
            "/dev/null": "",
            "/etc/hostname": f"{dns.hostname(found)}\n",
            "/etc/hosts": hosts(found),
            "/etc/resolv.conf": str(dns.config(found, dns.server_of(session.tx.cluster))),
            "/var/run/secrets/kubernetes.io/serviceaccount/namespace": found.namespace,
        }
    name = found.name if found is not None else "laptop"
    return {
        "/dev/null": "",
        "/etc/hostname": f"{name}\n",
        "/etc/hosts": f"127.0.0.1\tlocalhost\n127.0.1.1\t{name}\n{IPV6_HOSTS}",
        "/etc/resolv.conf": f"nameserver {NODE_RESOLVER}\n",
    }


def hosts(pod: Pod) -> str:
    """As the kubelet lays it out (pkg/kubelet/kubelet_pods.go: managedHostsFileContent)."""
    localhost, own, *aliases = [f"{ip}\t" + "\t".join(names) + "\n" for ip, names in dns.host_lines(pod)]
    text = f"{HOSTS_HEAD}{localhost}{IPV6_HOSTS}{own}"
    if pod.host_network:
        text = f"# Kubernetes-managed hosts file (host network).\n{localhost}{IPV6_HOSTS}"
    return text + ("\n# Entries added by HostAliases.\n" + "".join(aliases) if aliases else "")


# ── what a program finds in its environment ──

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def environment(session: Session) -> dict[str, str]:
    """What the place gives every program; the shell's own variables come on top."""
    found = standing(session)
    if isinstance(found, Pod):
        return {
            "PATH": PATH,
            "HOSTNAME": dns.hostname(found),
            **env.variables(session.tx.cluster, found),
            "HOME": "/root",
        }
    user, home = USER, HOME.rstrip("/")
    return {"HOME": home, "USER": user, "LOGNAME": user, "SHELL": "/bin/bash", "LANG": "ko_KR.UTF-8", "PATH": PATH}


def exported(session: Session) -> dict[str, str]:
    """The environment of a program started now."""
    place, own = environment(session), session.variables
    changed = {name: value for name, value in own.items() if name in place or name in session.exports}
    return {**place, **changed}


def variable(session: Session, name: str) -> str | None:
    own = session.variables
    if name in own:
        return own[name]
    if name in ("PWD", "OLDPWD"):
        return HOME.rstrip("/") if session.place.kind != "pod" else "/"
    return environment(session).get(name)
