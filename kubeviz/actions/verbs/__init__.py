"""What one does to an object of the stage. A verb is a row: which kinds it suits, what it needs, what it does.

A new verb is one function in a module here and one row below; `command` is the line of kubectl (or of the cloud's
command) that it stands for, filled with the object and the parameters.
"""

from ...controllers.bootstrap import ADDONS
from . import cloud, nodes, objects, pods, services, workloads
from .verb import Verb, flag, number, one_of, text

SCALABLE = ("Deployment", "ReplicaSet", "StatefulSet", "ReplicationController")
RESTARTABLE = ("Deployment", "StatefulSet", "DaemonSet")

_TABLE = (
    Verb("delete", (), {}, objects.delete, "kubectl delete {resource} {name}{n}"),
    Verb("delete_pod", ("Pod",), {}, objects.delete, "kubectl delete pod {name}{n}"),
    Verb(
        "label",
        (),
        {"key": text, "value": text},
        objects.label,
        "kubectl label {resource} {name}{n} {key}={value} --overwrite",
    ),
    Verb(
        "scale",
        SCALABLE,
        {"replicas": number(0, 100)},
        workloads.scale,
        "kubectl scale {resource} {name}{n} --replicas={replicas}",
    ),
    Verb("unlabel", (), {"key": text}, objects.unlabel, "kubectl label {resource} {name}{n} {key}-"),
    Verb("rollout_undo", ("Deployment",), {}, workloads.rollout_undo, "kubectl rollout undo {resource} {name}{n}"),
    Verb(
        "set_image",
        RESTARTABLE,
        {"container": text, "image": text},
        workloads.set_image,
        "kubectl set image {resource}/{name}{n} {container}={image}",
    ),
    Verb("restart", RESTARTABLE, {}, workloads.restart, "kubectl rollout restart {resource} {name}{n}"),
    Verb(
        "set_selector",
        ("Service",),
        {"key": text, "value": text},
        services.set_selector,
        "kubectl set selector service {name}{n} {key}={value}",
    ),
    Verb(
        "break_selector",
        ("Service",),
        {},
        services.break_selector,
        "kubectl set selector service {name}{n} {pairs}",
    ),
    Verb(
        "mend_selector",
        ("Service",),
        {},
        services.mend_selector,
        "kubectl set selector service {name}{n} {pairs}",
    ),
    Verb(
        "set_port",
        ("Service",),
        {"index": number(0, 99, 0), "port": number(0, 99999)},
        services.set_port,
        "kubectl patch service {name}{n} --type=json -p "
        '\'[{{"op":"replace","path":"/spec/ports/{index}/port","value":{port}}}]\'',
    ),
    Verb(
        "set_target_port",
        ("Service",),
        {"index": number(0, 99, 0), "port": text},
        services.set_target_port,
        "kubectl patch service {name}{n} --type=json -p "
        '\'[{{"op":"replace","path":"/spec/ports/{index}/targetPort","value":{port}}}]\'',
    ),
    Verb(
        "set_type",
        ("Service",),
        {"type": one_of("ClusterIP", "NodePort", "LoadBalancer")},
        services.set_type,
        'kubectl patch service {name}{n} -p \'{{"spec":{{"type":"{type}"}}}}\'',
    ),
    Verb(
        "set_ready",
        ("Pod",),
        {"ready": flag},
        pods.set_ready,
        "kubectl annotate pod {name}{n} --overwrite kubeviz.dev/app={app}",
    ),
    Verb("crash", ("Pod",), {}, pods.crash, "kubectl annotate pod {name}{n} --overwrite kubeviz.dev/app={app}"),
    Verb("recover", ("Pod",), {}, pods.recover, "kubectl annotate pod {name}{n} --overwrite kubeviz.dev/app={app}"),
    Verb(
        "set_node_power",
        ("Node",),
        {"power": one_of("on", "off")},
        nodes.set_power,
        "{line}",
    ),
    Verb("cordon", ("Node",), {}, nodes.cordon, "kubectl cordon {name}"),
    Verb("uncordon", ("Node",), {}, nodes.uncordon, "kubectl uncordon {name}"),
    Verb("drain", ("Node",), {}, nodes.drain, "kubectl drain {name} --ignore-daemonsets{flags}"),
    Verb(
        "firewall_allow",
        (),
        {"port": number(1, 65535)},
        cloud.firewall_allow,
        "gcloud compute firewall-rules create {rule} --allow=tcp:{port}",
        needs_object=False,
    ),
    Verb(
        "firewall_deny",
        (),
        {"rule": text},
        cloud.firewall_deny,
        "gcloud compute firewall-rules delete {rule}",
        needs_object=False,
    ),
    Verb("install_addon", (), {"addon": one_of(*ADDONS)}, cloud.install_addon, "{line}", needs_object=False),
    Verb("remove_addon", (), {"addon": one_of(*ADDONS)}, cloud.remove_addon, "{line}", needs_object=False),
    Verb("tunnel", (), {"open": flag}, cloud.tunnel, "{line}", needs_object=False),
)

VERBS: dict[str, Verb] = {verb.name: verb for verb in _TABLE}

__all__ = ["VERBS", "Verb"]
