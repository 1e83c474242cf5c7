"""What the published schema does not say about the API's Go types, and the decoder's messages show."""

_CORE = {
    "v1.Protocol": "ServicePort.protocol ContainerPort.protocol EndpointPort.protocol NetworkPolicyPort.protocol",
    "v1.ServiceType": "ServiceSpec.type",
    "v1.ServiceAffinity": "ServiceSpec.sessionAffinity",
    "v1.ServiceExternalTrafficPolicy": "ServiceSpec.externalTrafficPolicy",
    "v1.ServiceInternalTrafficPolicy": "ServiceSpec.internalTrafficPolicy",
    "v1.IPFamilyPolicy": "ServiceSpec.ipFamilyPolicy",
    "v1.IPFamily": "ServiceSpec.ipFamilies[]",
    "v1.RestartPolicy": "PodSpec.restartPolicy",
    "v1.DNSPolicy": "PodSpec.dnsPolicy",
    "v1.PreemptionPolicy": "PodSpec.preemptionPolicy",
    "v1.PullPolicy": "Container.imagePullPolicy",
    "v1.TerminationMessagePolicy": "Container.terminationMessagePolicy",
    "v1.URIScheme": "HTTPGetAction.scheme",
    "v1.TaintEffect": "Toleration.effect Taint.effect",
    "v1.TolerationOperator": "Toleration.operator",
    "v1.LabelSelectorOperator": "LabelSelectorRequirement.operator",
    "v1.PathType": "HTTPIngressPath.pathType",
    "v1.PolicyType": "NetworkPolicySpec.policyTypes[]",
    "v1.AddressType": "EndpointSlice.addressType",
    "v1.DeploymentStrategyType": "DeploymentStrategy.type",
    "v1.DaemonSetUpdateStrategyType": "DaemonSetUpdateStrategy.type",
    "v1.StatefulSetUpdateStrategyType": "StatefulSetUpdateStrategy.type",
    "v1.PodManagementPolicyType": "StatefulSetSpec.podManagementPolicy",
    "v1.CompletionMode": "JobSpec.completionMode",
    "v1.ConcurrencyPolicy": "CronJobSpec.concurrencyPolicy",
    "v1.SecretType": "Secret.type",
    "types.UID": "ObjectMeta.uid OwnerReference.uid",
}

NAMED: dict[tuple[str, str], str] = {
    (field.partition(".")[0], field.partition(".")[2]): go for go, fields in _CORE.items() for field in fields.split()
}
"""(struct, field) -> the named string type Go uses; `[]` marks the items of a list."""

_LOCAL_REFERENCES = (
    "ConfigMapKeySelector", "SecretKeySelector", "ConfigMapEnvSource", "SecretEnvSource", "ConfigMapVolumeSource",
    "ConfigMapProjection", "SecretProjection",
)  # fmt: skip
_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc")


def embedded(struct: str, field: str) -> str:
    """The struct embedded in *struct* that really holds *field*: Go names it in the path."""
    if struct == "IngressRule" and field == "http":
        return "IngressRuleValue"
    if struct == "Volume" and field != "name":
        return "VolumeSource"
    if struct == "Probe" and field in _HANDLERS:
        return "ProbeHandler"
    if struct in _LOCAL_REFERENCES and field == "name":
        return "LocalObjectReference"
    return ""
