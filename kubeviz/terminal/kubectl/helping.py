"""`--help`, short: what a verb does, how it is written, its flags."""

from .flags import Flag
from .table import GLOBAL, VERBS, Verb

BASIC = (
    ("Basic Commands (Beginner)", ("create", "expose", "run", "set")),
    ("Basic Commands (Intermediate)", ("explain", "get", "edit", "delete")),
    ("Deploy Commands", ("rollout", "scale")),
    ("Cluster Management Commands", ("cluster-info", "top", "cordon", "uncordon", "drain", "taint")),
    ("Troubleshooting and Debugging Commands", ("describe", "logs", "exec", "port-forward", "auth", "events")),
    ("Advanced Commands", ("diff", "apply", "patch", "replace", "wait")),
    ("Settings Commands", ("label", "annotate")),
    ("Other Commands", ("api-resources", "api-versions", "config", "version")),
)
GROUP_SUMMARIES = {
    "set": "Set specific features on objects",
    "rollout": "Manage the rollout of a resource",
    "top": "Display resource (CPU/memory) usage",
    "auth": "Inspect authorization",
    "config": "Modify kubeconfig files",
    "create service": "Create a service using a specified subcommand",
    "create secret": "Create a secret using a specified subcommand",
}


def overview(path: list[str]) -> str:
    """What `kubectl`, or a verb that only holds others, says of itself."""
    if not path or not path[0]:
        return _everything()
    group = path[0]
    inner = {name: verb for name, verb in VERBS.items() if name.rpartition(" ")[0] == group}
    listed = "".join(f"  {name.rpartition(' ')[2]:<15} {verb.summary.rstrip('.')}\n" for name, verb in inner.items())
    return (
        f"{GROUP_SUMMARIES.get(group, group)}.\n\nAvailable Commands:\n{listed}\n"
        f"Usage:\n  kubectl {group} [flags] [options]\n\n"
        f'Use "kubectl {group} <command> --help" for more information about a given command.\n'
    )


def _everything() -> str:
    text = "kubectl controls the Kubernetes cluster manager.\n\n"
    for title, names in BASIC:
        rows = [(n, VERBS[n].summary if n in VERBS else GROUP_SUMMARIES.get(n, "")) for n in names if _known(n)]
        text += f"{title}:\n" + "".join(f"  {n:<15} {s.rstrip('.')}\n" for n, s in rows) + "\n"
    return (
        f"{text}Usage:\n  kubectl [flags] [options]\n\n"
        'Use "kubectl <command> --help" for more information about a given command.\n'
    )


def _known(name: str) -> bool:
    return any(verb == name or verb.startswith(f"{name} ") for verb in VERBS)


def help_text(verb: Verb) -> str:
    options = "".join(f"    {_shown(f)}\n" for f in sorted(verb.flags.values(), key=lambda f: f.name))
    inherited = ", ".join(f"--{name}" for name in ("context", "namespace") if name in GLOBAL)
    return f"{verb.summary}\n\nOptions:\n{options}\nUsage:\n  {verb.usage}\n\nOptions of every command: {inherited}\n"


def _shown(flag: Flag) -> str:
    shown, takes, default = flag.shown, flag.takes, flag.default
    value = str(default).lower() if takes in ("bool", "int") else "[]" if takes == "list" else repr(default)
    return f"{shown}={value}"
