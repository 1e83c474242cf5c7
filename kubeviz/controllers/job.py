"""Job: pods that run to completion (pkg/controller/job)."""

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Key
from ..cluster.clock import stamp
from .templates import create_pod
from .watching import controller_of, itself

WATCHES = {"Job": itself, "Pod": controller_of("Job")}


def reconcile(tx: Transaction, key: Key) -> None:
    job = tx.cluster.find(key)
    if job is None or job.terminating or job.spec.get("suspend") or job.condition("Complete") == "True":
        return
    pods = tx.cluster.owned_by(key, "Pod")
    active = [p for p in pods if not p.finished and not p.terminating]
    succeeded = sum(1 for p in pods if p.phase == "Succeeded")
    completions = job.spec.get("completions", 1)
    for _ in range(min(job.spec.get("parallelism", 1), completions - succeeded) - len(active)):
        name = f"{job.name[:58]}-{tx.suffix(key)}"
        create_pod(tx, job, name, {"batch.kubernetes.io/job-name": job.name, "job-name": job.name})
        tx.event(job, "SuccessfulCreate", f"Created pod: {name}", "job-controller")
    pods = tx.cluster.owned_by(key, "Pod")
    active = [p for p in pods if not p.finished and not p.terminating]
    status: Body = {
        **job.status,
        "active": len(active),
        "succeeded": succeeded,
        "ready": sum(1 for p in active if p.ready),
    }
    status.setdefault("startTime", stamp(tx.now))
    if succeeded >= completions:
        status["completionTime"] = stamp(tx.now)
        status["conditions"] = [{"type": "Complete", "status": "True", "lastTransitionTime": stamp(tx.now)}]
    tx.set_status(tx.cluster.find(key), {k: v for k, v in status.items() if v != 0})
