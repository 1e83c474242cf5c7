"""gcloud: firewall rules, machines, the cluster's credentials, as far as the course uses them."""

import re
import shlex
from collections.abc import Callable

from ...cluster import surroundings
from ...cluster.errors import Rejected
from ..nearest import nearest
from ..session import Result, Session
from . import LAPTOP_ONLY
from .reading import Usage, guarded
from .ssh import enter, find_node
from .tables import columns

PLACES = LAPTOP_ONLY
ZONE = "asia-northeast3-a"
PROJECT = "https://www.googleapis.com/compute/v1/projects/snackbar"
ALLOW = re.compile(r"(tcp|udp|sctp):(\d{1,5})(?:-(\d{1,5}))?", re.I)
RULE_HEAD = ["NAME", "NETWORK", "DIRECTION", "PRIORITY", "ALLOW", "DENY", "DISABLED"]
MACHINE_HEAD = ["NAME", "ZONE", "MACHINE_TYPE", "PREEMPTIBLE", "INTERNAL_IP", "EXTERNAL_IP", "STATUS"]
VALUED = ("--zone", "--region", "--project", "--allow", "--rules", "--network", "--source-ranges", "--command",
          "--format", "--direction", "--priority", "--target-tags", "--description", "--action")  # fmt: skip
Words = tuple[list[str], dict[str, str]]


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    here, there = (argv[: argv.index("--")], argv[argv.index("--") + 1 :]) if "--" in argv else (argv, [])
    words, opts = _split(here)
    if there:
        opts["--command"] = shlex.join(there)
    for length in (3, 2):
        verb = VERBS.get(" ".join(words[:length]))
        if verb is not None:
            if session.tx.cluster.environment.get("provider", "cloud") != "cloud":
                return Result(code=1).note("OtherProvider", program="gcloud")
            return verb((words[length:], opts), session)
    return _unknown(words)


def _split(argv: list[str]) -> Words:
    words, opts, rest = [], {}, list(argv)
    while rest:
        word = rest.pop(0)
        if not word.startswith("-"):
            words.append(word)
            continue
        name, equals, value = word.partition("=")
        opts[name] = value if equals else (rest.pop(0) if name in VALUED and rest else "")
    return words, opts


def _unknown(words: list[str]) -> Result:
    line = " ".join(words)
    result = Result(err=f"ERROR: (gcloud) Invalid choice: '{line or ' '}'.\n", code=2)
    close = nearest(" ".join(words[:3]), VERBS)
    return result.note("DidYouMean", word=f"gcloud {close}") if close else result


# ── firewall rules ──


def create_rule(words: Words, session: Session) -> Result:
    names, opts = words
    allow = opts.get("--allow") or opts.get("--rules") or ""
    if not names:
        raise Usage("ERROR: (gcloud.compute.firewall-rules.create) argument NAME: Must be specified.", 2)
    if not allow:
        message = "Exactly one of (--action | --allow) must be specified."
        raise Usage(f"ERROR: (gcloud.compute.firewall-rules.create) {message}", 2)
    name, ports, protocol = names[0], *_ports(allow)
    if session.tx.cluster.get("FirewallRule", "", name) is not None:
        said = f"The resource 'projects/snackbar/global/firewalls/{name}' already exists"
        return _failed("create", said)
    try:
        surroundings.allow(session.tx, name, ports, protocol)
    except Rejected as error:
        return _failed("create", error.message)
    session.settle(session.tx)
    made = f"Creating firewall...\nCreated [{PROJECT}/global/firewalls/{name}].\nCreating firewall...done.\n"
    return Result(columns([RULE_HEAD, _rule(name, ports, protocol)]), made)


def _ports(text: str) -> tuple[list[int], str]:
    """`tcp:80,tcp:8000-8080`; one protocol a rule. Raises Usage."""
    ports: list[int] = []
    protocols = set()
    for part in text.split(","):
        match = ALLOW.fullmatch(part.strip())
        first, last = (int(match[2]), int(match[3] or match[2])) if match else (0, 0)
        if not match or not 0 < first <= last <= 65535 or last - first > 3000:
            message = "Firewall rules must be of the form PROTOCOL[:PORT[-PORT]]; received"
            raise Usage(f"ERROR: (gcloud.compute.firewall-rules.create) {message} [{part}].")
        ports += range(first, last + 1)
        protocols.add(match[1].upper())
    return list(dict.fromkeys(ports)), sorted(protocols)[0]


def _rule(name: str, ports: list[int], protocol: str) -> list[str]:
    shown = ",".join(f"{protocol.lower()}:{port}" for port in _ranges(ports))
    return [name, "default", "INGRESS", "1000", shown, "", "False"]


def _ranges(ports: list[int]) -> list[str]:
    """Neighbours as first-last."""
    found: list[list[int]] = []
    for port in ports:
        if found and found[-1][1] == port - 1:
            found[-1][1] = port
        else:
            found.append([port, port])
    return [str(a) if a == b else f"{a}-{b}" for a, b in found]


def list_rules(words: Words, session: Session) -> Result:
    rules = session.tx.cluster.of_kind("FirewallRule")
    if not rules:
        return Result(err="Listed 0 items.\n")
    rows = [_rule(r.name, r.spec["ports"], r.spec.get("protocol", "TCP")) for r in rules]
    hint = "\nTo show all fields of the firewall, please show in JSON format: --format=json\n"
    return Result(
        columns([RULE_HEAD, *rows]), f"{hint}To show all fields in table format, please see the examples in --help.\n\n"
    )


def delete_rule(words: Words, session: Session) -> Result:
    result = Result()
    for name in words[0]:
        if session.tx.cluster.get("FirewallRule", "", name) is None:
            result.add(_failed("delete", f"The resource 'projects/snackbar/global/firewalls/{name}' was not found"))
            return result
        session.tx.delete(("FirewallRule", "", name))
        result.complain(f"Deleted [{PROJECT}/global/firewalls/{name}].\n")
    session.settle(session.tx)
    return result


def _failed(verb: str, said: str) -> Result:
    intro = f"ERROR: (gcloud.compute.firewall-rules.{verb}) Could not fetch resource:\n"
    return Result(err=f"{intro} - {said}\n", code=1)


# ── machines ──


def list_machines(words: Words, session: Session) -> Result:
    rows = [
        [
            n.name,
            ZONE,
            "e2-medium",
            "",
            n.internal_ip,
            n.external_ip if n.up else "",
            "RUNNING" if n.up else "TERMINATED",
        ]
        for n in session.tx.cluster.of_kind("Node")
    ]
    return Result(columns([MACHINE_HEAD, *rows]))


def _power(on: bool) -> Callable[[Words, Session], Result]:
    def verb(words: Words, session: Session) -> Result:
        result = Result()
        for name in words[0]:
            if session.tx.cluster.get("Node", "", name) is None:
                said = f"The resource 'projects/snackbar/zones/{ZONE}/instances/{name}' was not found"
                result.complain(f"ERROR: (gcloud.compute.instances.{'start' if on else 'stop'}) {said}\n")
                result.code = 1
                continue
            surroundings.set_power(session.tx, name, on)
            session.settle(session.tx)
            doing = "Starting" if on else "Stopping"
            result.complain(f"{doing} instance(s) {name}...done.\nUpdated [{PROJECT}/zones/{ZONE}/instances/{name}].\n")
        return result

    return verb


def ssh(words: Words, session: Session) -> Result:
    host = words[0][0].rpartition("@")[2] if words[0] else ""
    node = find_node(session, host)
    if node is None:
        said = f"The resource 'projects/snackbar/zones/{ZONE}/instances/{host}' was not found"
        return Result(err=f"ERROR: (gcloud.compute.ssh) Could not fetch resource:\n - {said}\n", code=1)
    if not node.up:
        said = f"ssh: connect to host {node.external_ip} port 22: Connection timed out"
        return Result(
            err=f"{said}\nERROR: (gcloud.compute.ssh) [/usr/bin/ssh] exited with return code [255].\n", code=255
        )
    command = words[1].get("--command")
    return enter(node, ["sh", "-c", command] if command else [], session, "")


# ── the cluster ──


def credentials(words: Words, session: Session) -> Result:
    name = words[0][0] if words[0] else "snackbar"
    return Result(err=f"Fetching cluster endpoint and auth data.\nkubeconfig entry generated for {name}.\n")


def list_clusters(words: Words, session: Session) -> Result:
    nodes = len(session.tx.cluster.of_kind("Node"))
    head = ["NAME", "LOCATION", "MASTER_VERSION", "MASTER_IP", "MACHINE_TYPE", "NODE_VERSION", "NUM_NODES", "STATUS"]
    row = ["snackbar", ZONE, "1.36.2", "203.0.113.10", "e2-medium", "1.36.2", str(nodes), "RUNNING"]
    return Result(columns([head, row]))


VERBS: dict[str, Callable[[Words, Session], Result]] = {
    "compute firewall-rules create": create_rule,
    "compute firewall-rules list": list_rules,
    "compute firewall-rules delete": delete_rule,
    "compute instances list": list_machines,
    "compute instances start": _power(True),
    "compute instances stop": _power(False),
    "compute ssh": ssh,
    "container clusters get-credentials": credentials,
    "container clusters list": list_clusters,
}
PROGRAMS = {"gcloud": run}
