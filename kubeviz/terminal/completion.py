"""What Tab offers: commands, kinds, names, namespaces, flags and files, by what stands before the cursor."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from ..cluster.kinds import KINDS, find
from . import files
from .kubectl import table as kubectl
from .programs import names
from .session import Session

WORD = re.compile(r"[^\s;|&<>()]*$")
COMMAND_START = re.compile(r"[;|&(]|\bdo\b|\bthen\b|\$\(")
MOST = 200
VERBS = tuple(sorted({name.partition(" ")[0] for name in kubectl.VERBS}))
WITH_TYPE = {"annotate", "delete", "describe", "edit", "explain", "expose", "get", "label", "patch", "scale", "wait"}
POD_FIRST = {"exec", "logs", "port-forward"}
NODE_FIRST = {"cordon", "drain", "uncordon"}
OUTPUTS = ("custom-columns=", "json", "jsonpath=", "name", "wide", "yaml")
SUBCOMMANDS: dict[str, tuple[str, ...]] = {
    "minikube": ("addons", "ip", "service", "ssh", "start", "status", "tunnel"),
    "minikube addons": ("disable", "enable", "list"),
    "minikube addons enable": ("ingress",),
    "gcloud": ("compute", "container"),
    "gcloud compute": ("firewall-rules", "instances", "ssh"),
    "gcloud compute firewall-rules": ("create", "delete", "list"),
    "gcloud compute instances": ("list", "start", "stop"),
    "gcloud container": ("clusters",),
    "gcloud container clusters": ("get-credentials", "list"),
}
TAKES_HOSTS = ("curl", "wget", "nslookup", "dig", "host", "ping", "nc")


class Completion(NamedTuple):
    """*start* is where the word begins that one of *words* may replace."""

    start: int
    words: list[str]


def complete(line: str, session: Session) -> Completion:
    """*line* is what stands before the cursor."""
    match = WORD.search(line)
    word = match[0] if match else ""
    before = [w for w in _command(line[: len(line) - len(word)]).split() if w]
    found = sorted({w for w in _candidates(before, word, session) if w.startswith(word) and w != word})
    return Completion(len(line) - len(word), found[:MOST])


def _command(text: str) -> str:
    """The simple command that the cursor is in."""
    return COMMAND_START.split(text)[-1]


def _candidates(before: list[str], word: str, session: Session) -> Iterable[str]:
    if word.startswith("$"):
        return (f"${name}" for name in {**files.exported(session), **session.variables})
    if not before:
        return names(session.place)
    if before[0] == "kubectl":
        return _kubectl(before[1:], word, session)
    path = " ".join(before)
    if path in SUBCOMMANDS:
        return SUBCOMMANDS[path]
    if before[0] in TAKES_HOSTS:
        return [*_hosts(session), *_files(session)]
    if path.startswith(("gcloud compute ssh", "gcloud compute instances", "ssh")):
        return _names("Node", "", session)
    return _files(session)


def _files(session: Session) -> Iterable[str]:
    return files.listing(session)


def _hosts(session: Session) -> list[str]:
    """Inside a pod the names of Services, elsewhere the addresses that lead in."""
    cluster = session.tx.cluster
    services = cluster.of_kind("Service")
    if session.place.kind == "pod":
        own = session.place.namespace
        return [s.name if s.namespace == own else f"{s.name}.{s.namespace}" for s in services]
    return [*(ip for s in services for ip in s.balancer_ips), *(n.external_ip for n in cluster.of_kind("Node"))]


# ── kubectl ──


def _kubectl(before: list[str], word: str, session: Session) -> Iterable[str]:
    last = before[-1] if before else ""
    if last in ("-n", "--namespace"):
        return _names("Namespace", "", session)
    if last in ("-o", "--output"):
        return OUTPUTS
    if last in ("-f", "--filename"):
        return _files(session)
    words = _operands(before)
    if word.startswith("-"):
        return _flags(words)
    if not words:
        return VERBS
    return _operand(words, _namespace(before, session), session)


def _flags(words: list[str]) -> list[str]:
    """The flags of the verb typed so far, and those of every verb."""
    verb = kubectl.VERBS.get(" ".join(words[:2])) or kubectl.VERBS.get(words[0] if words else "")
    return [f"--{name}" for name in sorted({*(verb.flags if verb else ()), "context", "help", "namespace"})]


def _after(verb: str) -> list[str]:
    """The words that a group of verbs goes on with: rollout status, set image …"""
    inner = (name.split(" ") for name in kubectl.VERBS)
    return sorted({words[1] for words in inner if words[0] == verb and len(words) > 1})


def _operands(before: list[str]) -> list[str]:
    """Without flags and the values of -n, -o, -f, -l, -c."""
    found, skip = [], False
    for word in before:
        if skip:
            skip = False
        elif word in ("-n", "--namespace", "-o", "-f", "-l", "-c", "--output", "--filename", "--selector"):
            skip = True
        elif not word.startswith("-"):
            found.append(word)
    return found


def _namespace(before: list[str], session: Session) -> str:
    for flag, value in pairwise(before):
        if flag in ("-n", "--namespace"):
            return value
    return session.namespace


def _operand(words: list[str], namespace: str, session: Session) -> Iterable[str]:
    verb = words[0]
    if len(words) == 1:
        return _first(verb, namespace, session)
    if verb in WITH_TYPE or verb == "rollout":
        kind = find(words[2 if verb == "rollout" and len(words) > 2 else 1].rpartition(",")[2])
        if verb == "rollout" and len(words) == 2:
            return ("daemonset", "deployment", "statefulset")
        return _names(kind.kind, namespace, session) if kind else ()
    return ()


def _first(verb: str, namespace: str, session: Session) -> Iterable[str]:
    """What stands behind the verb."""
    further = _after(verb)
    if further:
        return further
    if verb in WITH_TYPE:
        return _types()
    if verb in POD_FIRST:
        pods = _names("Pod", namespace, session)
        return [*pods, *(f"svc/{s}" for s in _names("Service", namespace, session))] if verb != "exec" else pods
    return _names("Node", "", session) if verb in NODE_FIRST else ()


def _types() -> list[str]:
    acting = [kind for kind in KINDS.values() if kind.acts and kind.group != "kubeviz.dev"]
    return [*(kind.plural for kind in acting), *(name for kind in acting for name in kind.short_names), "all"]


def _names(kind: str, namespace: str, session: Session) -> list[str]:
    space = namespace if KINDS[kind].namespaced else None
    return [obj.name for obj in session.tx.cluster.of_kind(kind, space)]
