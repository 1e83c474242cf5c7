"""What happened at the pod, in steps."""

from typing import Any

from ...cluster.objects import APP_ANNOTATION, Pod
from .. import policy
from ..journey import Story
from ..model import Evidence, Step, told
from ..routes import Endpoint

APP_PATH = f"metadata.annotations[{APP_ANNOTATION}]"
MOST_CALLS = 8
"""Apps that call each other deeper than this go in circles."""


def _assumed(pod: Pod) -> str | None:
    return None if pod.app is not None and pod.app.listen is not None else "AppAssumed"


def connected(story: Story, pod: Pod) -> None:
    _last(story, pod.ref, _connection(pod, int(story.dst.rpartition(":")[2] or 0)))


@told
def _connection(pod: Pod, port: int) -> Step:
    return Step("Connected", {"pod": pod.ref, "port": port}, _listen_evidence(pod), note=_assumed(pod))


def answered(story: Story, pod: Pod, path: str | None) -> None:
    j = story.journey
    status = j.http.status if j.http else None
    step = _answer(pod, j.reason == "AppError", status, path, j.source_ip, story.client)
    story.stay(pod.ref, "l7" if status else "l4", [step])


@told
def _answer(pod: Pod, failed: bool, status: int | None, path: str | None, source_ip: str | None, client: str) -> Step:
    params = {"pod": pod.ref, "status": status, "path": path, "source_ip": source_ip, "client": client}
    evidence = [Evidence(pod.ref, APP_PATH, path)] if pod.app is not None and path else []
    return Step("AppError" if failed else "AppAnswered", params, evidence)


def _listen_evidence(pod: Pod) -> list[Evidence]:
    ports: Any = [port for port, _ in sorted(pod.listening)]
    return [
        Evidence(
            pod.ref,
            APP_PATH if pod.app is not None and pod.app.listen is not None else "spec.containers[0].ports",
            ports,
        )
    ]


def _last(story: Story, pod_ref: str, step: Step) -> None:
    """What happens on arrival belongs to the hop that led here, in both views."""
    if story.hops and story.hops[-1].object == pod_ref:
        for hop in story.hops[-2:]:
            if hop.object == pod_ref:
                hop.steps.append(step)
    else:
        story.move(pod_ref, "l4", [step], story.dst)


def node_down(story: Story, pod: Pod, node: Any) -> None:
    evidence = [Evidence(node.ref, "metadata.annotations[kubeviz.dev/power]", "off")]
    _last(story, pod.ref, Step("NodeDown", {"node": node.name, "pod": pod.ref, "ip": pod.ip}, evidence))


def not_running(story: Story, pod: Pod) -> None:
    state = pod.waits_for or pod.phase
    evidence = [Evidence(pod.ref, "status.containerStatuses[0].state", state)]
    _last(story, pod.ref, Step("PodNotRunning", {"pod": pod.ref, "state": state}, evidence))


def port_closed(story: Story, pod: Pod, port: int) -> None:
    listening = [number for number, _ in sorted(pod.listening)]
    step = Step(
        "TargetPortClosed",
        {"pod": pod.ref, "port": port, "listening": listening},
        _listen_evidence(pod),
        note=_assumed(pod),
    )
    _last(story, pod.ref, step)


def no_tls(story: Story, pod: Pod, port: int) -> None:
    _last(story, pod.ref, Step("TLSNotSpoken", {"pod": pod.ref, "port": port}))


def allowed(story: Story, pod: Pod, judgement: policy.Judgement) -> None:
    for step in judgement.passed(story.cluster):
        _last(story, pod.ref, step)


def denied(story: Story, pod: Pod, denial: policy.Denial) -> None:
    _last(story, pod.ref, policy.denial_step(story.cluster, denial))


def denied_outside(story: Story, endpoint: Endpoint, denial: policy.Denial) -> None:
    _last(story, endpoint.ref, policy.denial_step(story.cluster, denial))


def gone(story: Story, endpoint: Endpoint) -> None:
    _last(story, endpoint.ref, Step("PodIPGone", {"address": endpoint.address}))


def outside_answered(story: Story, address: str) -> None:
    story.stay(story.at, "l7", [Step("OutsideAnswered", {"address": address}, note="OutsideAssumed")])


def calls(story: Story, pod: Pod, path: str, url: str) -> None:
    story.stay(
        pod.ref,
        "l7",
        [Step("AppCalls", {"pod": pod.ref, "path": path, "url": url}, [Evidence(pod.ref, APP_PATH, path)])],
    )


def looped(story: Story, pod: Pod, path: str, url: str) -> None:
    story.stay(
        pod.ref,
        "l7",
        [Step("Loop", {"pod": pod.ref, "url": url, "most": MOST_CALLS}, [Evidence(pod.ref, APP_PATH, path)])],
    )
