"""The objects of all labs, in one table; each kind that acts has a proxy, so that Service.objects reads naturally."""

from typing import Any

from django.db import models

from ..cluster.changes import ref
from ..cluster.kinds import KINDS


class OfKind(models.Manager["ClusterObject"]):
    """The rows of the proxy's kind; all rows on ClusterObject itself."""

    def get_queryset(self) -> models.QuerySet["ClusterObject"]:
        rows = super().get_queryset()
        return rows.filter(kind=self.model.__name__) if self.model._meta.proxy else rows


class ClusterObject(models.Model):
    """The latest version of one object of a lab."""

    lab = models.ForeignKey("kubeviz.Lab", on_delete=models.CASCADE, related_name="cluster_objects")
    kind = models.CharField(max_length=63)
    namespace = models.CharField(max_length=63, blank=True)
    name = models.CharField(max_length=253)
    uid = models.CharField(max_length=64)
    resource_version = models.BigIntegerField()
    body = models.JSONField()

    objects = OfKind()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "kind", "namespace", "name"], name="one_object_a_name")]

    def __str__(self) -> str:
        return ref(self.kind, self.namespace, self.name)


def _proxy(kind: str) -> type[ClusterObject]:
    # auto_created keeps proxies out of migrations: a new kind needs none.
    meta: dict[str, Any] = {"proxy": True, "auto_created": True, "app_label": "kubeviz"}
    return type(kind, (ClusterObject,), {"__module__": __name__, "Meta": type("Meta", (), meta)})


PROXIES: dict[str, type[ClusterObject]] = {kind.kind: _proxy(kind.kind) for kind in KINDS.values() if kind.acts}
