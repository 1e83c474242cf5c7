"""minikube: start, status, ip, tunnel, service, addons, ssh, for a lab that stands on minikube."""

from collections.abc import Callable

from ...cluster import surroundings
from ...cluster.objects import Service
from ...controllers.bootstrap import install, uninstall
from ..nearest import nearest
from ..session import Place, Program, Result, Session
from . import LAPTOP_ONLY, run_at
from .reading import Usage, guarded, options

PLACES = LAPTOP_ONLY
IP = "192.168.49.2"
NODE = "minikube"
STATUS = (
    "minikube\ntype: Control Plane\nhost: Running\nkubelet: Running\napiserver: Running\nkubeconfig: Configured\n\n"
)
STARTED = """😄  minikube v1.37.0 on Ubuntu 24.04
✨  Using the docker driver based on existing profile
👍  Starting "minikube" primary control-plane node in "minikube" cluster
🏃  Updating the running docker "minikube" container ...
🔎  Verifying Kubernetes components...
🌟  Enabled addons: {addons}
🏄  Done! kubectl is now configured to use "minikube" cluster and "default" namespace by default
"""
NO_PROFILE = """🤷  Profile "minikube" not found. Run "minikube profile list" to view all profiles.
👉  To start a cluster, run: "minikube start"
"""
TUNNEL = """✅  Tunnel successfully started

📌  NOTE: Please do not close this terminal as this process must stay alive for the tunnel to be accessible ...

"""
NOT_FOUND = """❌  Exiting due to SVC_NOT_FOUND: Service '{name}' was not found in '{namespace}' namespace.
You may select another namespace by using 'minikube service {name} -n <namespace>'. \
Or list out all the services using 'minikube service list'
"""
ADDONS = ("ingress",)
ENABLED_ALWAYS = ("default-storageclass", "storage-provisioner")
SYSTEM = ("kube-system", "ingress-nginx")


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    verb, rest = (argv[0] if argv else "help"), argv[1:]
    if verb not in VERBS:
        result = Result(err=f'Error: unknown command "{verb}" for "minikube"\n', code=1)
        close = nearest(verb, VERBS)
        return result.note("DidYouMean", word=f"minikube {close}") if close else result
    if session.tx.cluster.environment.get("provider") != "minikube":
        return Result(NO_PROFILE, code=85).note("OtherProvider", program="minikube")
    return VERBS[verb](rest, session, stdin)


def start(argv: list[str], session: Session, stdin: str) -> Result:
    surroundings.set_power(session.tx, NODE, True)
    session.settle(session.tx)
    return Result(STARTED.format(addons=", ".join(sorted(_enabled(session)))))


def stop(argv: list[str], session: Session, stdin: str) -> Result:
    """The machine goes off. The real one takes the API server with it; here one may go on looking."""
    surroundings.set_power(session.tx, NODE, False)
    session.settle(session.tx)
    return Result(f'✋  Stopping node "{NODE}"  ...\n🛑  1 node stopped.\n')


def status(argv: list[str], session: Session, stdin: str) -> Result:
    return Result(STATUS)


def ip(argv: list[str], session: Session, stdin: str) -> Result:
    return Result(f"{IP}\n")


def tunnel(argv: list[str], session: Session, stdin: str) -> Result:
    """Runs until Ctrl-C in a window of its own; here it goes on until `minikube tunnel --cleanup`."""
    if "--cleanup" in argv or "-c" in argv:
        surroundings.tunnel(session.tx, False)
        session.settle(session.tx)
        return Result().note("TunnelClosed")
    surroundings.tunnel(session.tx, True)
    session.settle(session.tx)
    services = [s for s in session.tx.cluster.of_kind("Service") if s.type == "LoadBalancer"]
    lines = "".join(f"🏃  Starting tunnel for service {s.name}.\n" for s in services)
    return Result(TUNNEL + lines).note("TunnelStays")


def service(argv: list[str], session: Session, stdin: str) -> Result:
    opts, words = options("minikube service", argv, "n:", ("url", "namespace=", "all", "https"))
    if words[:1] == ["list"]:
        return Result(_listed(session, opts.get("n", opts.get("namespace"))))
    if not words:
        raise Usage("❌  Exiting due to MK_USAGE: You must specify service name(s) or --all flag", 14)
    namespace = opts.get("n", opts.get("namespace", "default"))
    found: Service | None = session.tx.cluster.get("Service", namespace, words[0])
    if found is None:
        return Result(err=NOT_FOUND.format(name=words[0], namespace=namespace), code=115)
    urls = _urls(found)
    if not urls:
        said = f"😿  service {namespace}/{found.name} has no node port\n"
        return Result(err=said, code=0).note("NoNodePort", service=found.name, namespace=namespace)
    return Result("".join(f"{url}\n" for url in urls))


def _urls(found: Service) -> list[str]:
    return [f"http://{IP}:{port.node_port}" for port in found.ports if port.node_port]


def _listed(session: Session, namespace: str | None) -> str:
    head = ["NAMESPACE", "NAME", "TARGET PORT", "URL"]
    rows = []
    for found in session.tx.cluster.of_kind("Service", namespace):
        ports = [f"{p.name}/{p.port}" if p.name else str(p.port) for p in found.ports if p.node_port]
        rows.append([found.namespace, found.name, "\n".join(ports) or "No node port", "\n".join(_urls(found))])
    return _framed(head, rows)


def _framed(head: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(line) for row in [head, *rows] for line in row[i].split("\n")) for i in range(len(head))]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|\n"
    out = (
        rule
        + "|"
        + "|".join(f" {cell.center(width)} " for cell, width in zip(head, widths, strict=True))
        + "|\n"
        + rule
    )
    for row in rows:
        cells = [cell.split("\n") for cell in row]
        for i in range(max(map(len, cells))):
            line = (f" {(c[i] if i < len(c) else ''):{w}} " for c, w in zip(cells, widths, strict=True))
            out += "|" + "|".join(line) + "|\n"
    return out + rule


def addons(argv: list[str], session: Session, stdin: str) -> Result:
    verb, name = (argv[0] if argv else "list"), (argv[1] if len(argv) > 1 else "")
    enabled = _enabled(session)
    if verb == "list":
        rows = [[a, NODE, "enabled ✅" if a in enabled else "disabled"] for a in sorted({*enabled, *ADDONS})]
        return Result(_framed(["ADDON NAME", "PROFILE", "STATUS"], rows))
    if name not in ADDONS:
        said = f"❌  Exiting due to MK_ADDON_ENABLE: enable failed: '{name}' is not a valid minikube addon\n"
        return Result(err=said, code=1).note("NotSimulated", option=name) if name else Result(err=said, code=1)
    if verb == "disable":
        if "ingress" in enabled:
            uninstall(session.tx, "ingress-nginx")
            session.settle(session.tx)
        return Result(f"🌑  \"The '{name}' addon is disabled\n")
    install(session.tx, "ingress-nginx")
    session.settle(session.tx)
    return Result(
        f"💡  {name} is an addon maintained by Kubernetes. For any concerns contact minikube on GitHub.\n"
        "    ▪ Using image registry.k8s.io/ingress-nginx/controller:v1.14.3\n"
        f"🔎  Verifying {name} addon...\n🌟  The '{name}' addon is enabled\n"
    )


def _enabled(session: Session) -> set[str]:
    there = session.tx.cluster.get("Namespace", "", "ingress-nginx") is not None
    return {*ENABLED_ALWAYS, *(("ingress",) if there else ())}


def ssh(argv: list[str], session: Session, stdin: str) -> Result:
    place = Place("node", "", NODE)
    words = [word for word in argv if word != "--"]
    if words:
        return run_at(place, words, session, stdin)
    session.places.append(place)
    return Result()


def help_(argv: list[str], session: Session, stdin: str) -> Result:
    return Result("minikube " + " | ".join(sorted(VERBS)) + "\n")


VERBS: dict[str, Callable[[list[str], Session, str], Result]] = {
    "start": start,
    "stop": stop,
    "status": status,
    "ip": ip,
    "tunnel": tunnel,
    "service": service,
    "addons": addons,
    "ssh": ssh,
    "help": help_,
}
PROGRAMS: dict[str, Program] = {"minikube": run}
