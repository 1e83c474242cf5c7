"""What descriptions of workloads share: the pods by phase."""

from ...cluster.objects import Obj
from .page import Page


def pods_status(page: Page, obj: Obj) -> None:
    phases = [pod.phase for pod in page.cluster.owned_by(obj.key, "Pod")]
    said = {"Running": "Running", "Pending": "Waiting", "Succeeded": "Succeeded", "Failed": "Failed"}
    counts = [f"{phases.count(phase)} {word}" for phase, word in said.items()]
    page.field("Pods Status", " / ".join(counts))
