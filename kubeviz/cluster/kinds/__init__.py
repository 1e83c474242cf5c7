"""The kinds kubeviz knows. Those that are `checked` have a module here; the others are stored as they decode."""

from functools import cache
from importlib import import_module
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """A row of `kubectl api-resources`."""

    kind: str
    group: str
    version: str
    plural: str
    short_names: tuple[str, ...]
    namespaced: bool
    acts: bool = False
    checked: bool = False
    """Whether a module of this package, named like the kind, holds its defaults and rules."""

    @property
    def api_version(self) -> str:
        return f"{self.group}/{self.version}" if self.group else self.version

    @property
    def singular(self) -> str:
        return self.kind.lower()


RBAC, POLICY, STORAGE = "rbac.authorization.k8s.io", "policy", "storage.k8s.io"
NETWORKING, DISCOVERY, OURS = "networking.k8s.io", "discovery.k8s.io", "kubeviz.dev"
ADMISSION, RESOURCE = "admissionregistration.k8s.io", "resource.k8s.io"

_TABLE = (
    Kind("ConfigMap", "", "v1", "configmaps", ("cm",), True, True, True),
    Kind("Endpoints", "", "v1", "endpoints", ("ep",), True, True, True),
    Kind("Event", "", "v1", "events", ("ev",), True, True),
    Kind("LimitRange", "", "v1", "limitranges", ("limits",), True),
    Kind("Namespace", "", "v1", "namespaces", ("ns",), False, True, True),
    Kind("Node", "", "v1", "nodes", ("no",), False, True, True),
    Kind("PersistentVolume", "", "v1", "persistentvolumes", ("pv",), False),
    Kind("PersistentVolumeClaim", "", "v1", "persistentvolumeclaims", ("pvc",), True, False, True),
    Kind("Pod", "", "v1", "pods", ("po",), True, True, True),
    Kind("PodTemplate", "", "v1", "podtemplates", (), True),
    Kind("ReplicationController", "", "v1", "replicationcontrollers", ("rc",), True, True, True),
    Kind("ResourceQuota", "", "v1", "resourcequotas", ("quota",), True),
    Kind("Secret", "", "v1", "secrets", (), True, False, True),
    Kind("Service", "", "v1", "services", ("svc",), True, True, True),
    Kind("ServiceAccount", "", "v1", "serviceaccounts", ("sa",), True),
    Kind("DaemonSet", "apps", "v1", "daemonsets", ("ds",), True, True, True),
    Kind("Deployment", "apps", "v1", "deployments", ("deploy",), True, True, True),
    Kind("ReplicaSet", "apps", "v1", "replicasets", ("rs",), True, True, True),
    Kind("StatefulSet", "apps", "v1", "statefulsets", ("sts",), True, True, True),
    Kind("ControllerRevision", "apps", "v1", "controllerrevisions", (), True),
    Kind("HorizontalPodAutoscaler", "autoscaling", "v2", "horizontalpodautoscalers", ("hpa",), True, False, True),
    Kind("Job", "batch", "v1", "jobs", (), True, True, True),
    Kind("CronJob", "batch", "v1", "cronjobs", ("cj",), True, False, True),
    Kind("EndpointSlice", DISCOVERY, "v1", "endpointslices", (), True, True, True),
    Kind("Ingress", NETWORKING, "v1", "ingresses", ("ing",), True, True, True),
    Kind("IngressClass", NETWORKING, "v1", "ingressclasses", (), False, True, True),
    Kind("NetworkPolicy", NETWORKING, "v1", "networkpolicies", ("netpol",), True, True, True),
    Kind("PodDisruptionBudget", POLICY, "v1", "poddisruptionbudgets", ("pdb",), True, False, True),
    Kind("Role", RBAC, "v1", "roles", (), True),
    Kind("RoleBinding", RBAC, "v1", "rolebindings", (), True),
    Kind("ClusterRole", RBAC, "v1", "clusterroles", (), False),
    Kind("ClusterRoleBinding", RBAC, "v1", "clusterrolebindings", (), False),
    Kind("StorageClass", STORAGE, "v1", "storageclasses", ("sc",), False),
    Kind("CSIDriver", STORAGE, "v1", "csidrivers", (), False),
    Kind("PriorityClass", "scheduling.k8s.io", "v1", "priorityclasses", ("pc",), False),
    Kind("RuntimeClass", "node.k8s.io", "v1", "runtimeclasses", (), False),
    Kind("Lease", "coordination.k8s.io", "v1", "leases", (), True),
    Kind("APIService", "apiregistration.k8s.io", "v1", "apiservices", (), False),
    Kind(
        "CustomResourceDefinition",
        "apiextensions.k8s.io",
        "v1",
        "customresourcedefinitions",
        ("crd", "crds"),
        False,
    ),
    Kind("MutatingWebhookConfiguration", ADMISSION, "v1", "mutatingwebhookconfigurations", (), False),
    Kind("ValidatingWebhookConfiguration", ADMISSION, "v1", "validatingwebhookconfigurations", (), False),
    Kind("MutatingAdmissionPolicy", ADMISSION, "v1", "mutatingadmissionpolicies", (), False),
    Kind("MutatingAdmissionPolicyBinding", ADMISSION, "v1", "mutatingadmissionpolicybindings", (), False),
    Kind("ValidatingAdmissionPolicy", ADMISSION, "v1", "validatingadmissionpolicies", (), False),
    Kind("ValidatingAdmissionPolicyBinding", ADMISSION, "v1", "validatingadmissionpolicybindings", (), False),
    Kind("CertificateSigningRequest", "certificates.k8s.io", "v1", "certificatesigningrequests", ("csr",), False),
    Kind("FlowSchema", "flowcontrol.apiserver.k8s.io", "v1", "flowschemas", (), False),
    Kind("PriorityLevelConfiguration", "flowcontrol.apiserver.k8s.io", "v1", "prioritylevelconfigurations", (), False),
    Kind("IPAddress", NETWORKING, "v1", "ipaddresses", ("ip",), False),
    Kind("ServiceCIDR", NETWORKING, "v1", "servicecidrs", (), False),
    Kind("DeviceClass", RESOURCE, "v1", "deviceclasses", (), False),
    Kind("(lambda *a:a[:5])Claim", RESOURCE, "v1", "resourceclaims", (), True),
    Kind("(lambda *a:a[:5])ClaimTemplate", RESOURCE, "v1", "resourceclaimtemplates", (), True),
    Kind("(lambda *a:a[:5])Slice", RESOURCE, "v1", "resourceslices", (), False),
    Kind("CSINode", STORAGE, "v1", "csinodes", (), False),
    Kind("CSIStorageCapacity", STORAGE, "v1", "csistoragecapacities", (), True),
    Kind("VolumeAttachment", STORAGE, "v1", "volumeattachments", (), False),
    Kind("VolumeAttributesClass", STORAGE, "v1", "volumeattributesclasses", ("vac",), False),
    Kind("Environment", OURS, "v1", "environments", (), False, True),
    Kind("FirewallRule", OURS, "v1", "firewallrules", (), False, True, True),
    Kind("EnvSnapshot", OURS, "v1", "envsnapshots", (), True, True),
)

KINDS: dict[str, Kind] = {kind.kind: kind for kind in _TABLE}
BY_API: dict[tuple[str, str], Kind] = {(kind.api_version, kind.kind): kind for kind in _TABLE}
BY_API[("autoscaling/v1", "HorizontalPodAutoscaler")] = KINDS["HorizontalPodAutoscaler"]
BY_API[("events.k8s.io/v1", "Event")] = KINDS["Event"]


@cache
def rules(kind: str) -> Any:
    """The module that knows the defaults and rules of a kind; `unchecked` for kinds stored without effect."""
    return import_module(f"{__name__}.{kind.lower()}" if KINDS[kind].checked else f"{__name__}.unchecked")


def kind_of(body: dict[str, Any]) -> Kind:
    return KINDS[body["kind"]]


def find(word: str) -> Kind | None:
    """The kind meant by a resource word: svc, services, service, Service, deployments.apps."""
    name, _, group = word.lower().partition(".")
    for kind in _TABLE:
        if name in (kind.plural, kind.singular, *kind.short_names) and (not group or kind.group.startswith(group)):
            return kind
    return None
