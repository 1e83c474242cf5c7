"""run: a single pod; with -it or --rm a program in it, at once."""

from ....cluster.changes import Body
from ....cluster.objects import Obj
from ...session import Place
from .. import generate
from ..call import Call
from ..errors import KubectlError
from ..waiting import until
from ..writing import Teller, as_object, send, served
from .create_objects import require
from .delete import deleted
from .exec import inside

POLICIES = ("Always", "OnFailure", "Never")
STARTING = 60.0


def run(call: Call) -> None:
    require(call, "image")
    before = call.args if call.dash < 0 else call.args[: call.dash]
    after = [] if call.dash < 0 else call.args[call.dash :]
    if not before:
        raise call.usage("NAME is required for run")
    _check(call)
    body = generate.overridden(call, pod(call, before[0], [*before[1:], *after]))
    if call.dry_run == "client":
        teller = Teller(call)
        for made in [body, *([service(call, before[0])] if call["expose"] else [])]:
            teller.tell(as_object(made), "created")
        return
    found = send(call, lambda: call.tx.create(_placed(call, body), dry_run=served(call)))
    if call["expose"]:
        exposed = _placed(call, service(call, before[0]))
        Teller(call).tell(send(call, lambda: call.tx.create(exposed, dry_run=served(call))), "created")
    if (call["stdin"] or call["attach"] or call["rm"]) and not served(call):
        _attached(call, found, [*before[1:], *after])
        return
    Teller(call).tell(found, "created")


def _check(call: Call) -> None:
    image = call["image"]
    if not image or " " in image:
        raise KubectlError(f'invalid image name "{image}": invalid reference format')
    if call["restart"] not in POLICIES:
        raise KubectlError(f"invalid restart policy: {call['restart']}, valid values are: {', '.join(POLICIES)}")
    if call["rm"] and not (call["stdin"] or call["attach"]):
        raise KubectlError("--rm should only be used for attached containers")
    if call["tty"] and not call["stdin"]:
        raise KubectlError("stdin is required for containers with -t/--tty=true")
    if call["expose"] and not call["port"]:
        raise KubectlError("--port must be set when exposing a service")


def pod(call: Call, name: str, words: list[str]) -> Body:
    container: Body = {"image": call["image"], "name": name, "resources": {}}
    if words:
        container["command" if call["command"] else "args"] = words
    if call["env"]:
        container["env"] = [_variable(text) for text in call["env"]]
    if call["port"]:
        container["ports"] = [{"containerPort": _port(call["port"])}]
    if call["privileged"]:
        container["securityContext"] = {"privileged": True}
    if call["image-pull-policy"]:
        container["imagePullPolicy"] = call["image-pull-policy"]
    if call["stdin"]:
        container |= {"stdin": True, "stdinOnce": True}
    if call["tty"]:
        container["tty"] = True
    metadata = generate.metadata(call, name, _labels(call, name))
    if call["annotations"]:
        metadata["annotations"] = dict(text.partition("=")[::2] for text in call["annotations"])
    spec = {"containers": [container], "dnsPolicy": "ClusterFirst", "restartPolicy": call["restart"]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec, "status": {}}


def _labels(call: Call, name: str) -> dict[str, str]:
    if not call["labels"]:
        return {"run": name}
    found = {}
    for pair in call["labels"].split(","):
        key, equals, value = pair.partition("=")
        if not equals:
            raise KubectlError(f"unexpected label spec: {pair}")
        found[key] = value
    return found


def _variable(text: str) -> Body:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise KubectlError(f"invalid env: {text}")
    return {"name": key, "value": value}


def _port(text: str) -> int:
    if not text.isdecimal():
        raise KubectlError(f'strconv.ParseInt: parsing "{text}": invalid syntax')
    return int(text)


def _placed(call: Call, body: Body) -> Body:
    return {**body, "metadata": {**body["metadata"], "namespace": call.namespace}}


def service(call: Call, name: str) -> Body:
    """Of --expose."""
    port = _port(call["port"])
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": generate.metadata(call, name),
        "spec": {"ports": [{"port": port, "protocol": "TCP", "targetPort": port}], "selector": _labels(call, name)},
        "status": {"loadBalancer": {}},
    }


def _attached(call: Call, found: Obj, words: list[str]) -> None:
    """Wait until the pod runs, then be in it; with --rm it goes when the program has ended."""

    def there() -> bool:
        now = call.cluster.find(found.key)
        return now is not None and (now.running or now.finished)

    if not until(call, there, STARTING):
        raise KubectlError("timed out waiting for the condition")
    depth = len(call.session.places)
    _ran(call, found, words or ["sh"])
    if len(call.session.places) > depth:
        if call["rm"]:
            call.session.borrowed[len(call.session.places)] = found.key
        return
    if call["rm"]:
        call.tx.delete(found.key, 0)
        call.line(deleted(call, found, "deleted"))
    if call.result.code:
        call.complain(f"pod {found.namespace}/{found.name} terminated (Error)")


def _ran(call: Call, found: Obj, words: list[str]) -> None:
    """What the program says and how kubectl ends: it waits for the exit code only where the pod is not restarted."""
    depth = len(call.session.places)
    code = inside(call, Place("pod", found.namespace, found.name), words)
    if len(call.session.places) > depth:
        return
    call.result.code = 0 if call["restart"] == "Always" else code
    if call["restart"] == "Always" and call["tty"]:
        again = f"kubectl attach {found.name} -c {found.name} -i -t"
        call.line(f"Session ended, resume using '{again}' command when the pod is running")
