"""A cluster behind the Kubernetes API, so that the real kubectl can be asked about it: what a client needs, and no more.

Lists, single objects, tables, and what is written to them, all by the product's own `Transaction`. Nothing is watched.
"""

import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from kubeviz.cluster import selectors, tables
from kubeviz.cluster.apiserver import Transaction
from kubeviz.cluster.errors import Rejected
from kubeviz.cluster.kinds import KINDS
from kubeviz.controllers import quiesce
from kubeviz.terminal.kubectl import api
from kubeviz.terminal.kubectl.resources import ENDPOINTS_WARNING
from kubeviz.terminal.printers.yamls import public

PATCHES = {"json-patch": "json", "merge-patch": "merge", "strategic-merge-patch": "strategic"}
VALIDATION = {"Strict": "strict", "Warn": "warn", "Ignore": "ignore"}
RESOURCES = {(r.api_version, r.name): r for r in api.resources()}


class Asked(NamedTuple):
    resource: api.Resource
    namespace: str
    name: str
    part: str
    query: dict[str, str]
    body: Any

    @property
    def key(self) -> tuple[str, str, str]:
        return self.resource.kind, self.namespace if self.resource.namespaced else "", self.name

    @property
    def settings(self) -> dict[str, Any]:
        chosen = VALIDATION.get(self.query.get("fieldValidation", ""), "warn")
        return {"validation": chosen, "dry_run": "dryRun" in self.query}


def discovery(version: str) -> dict[str, Any]:
    rows = []
    for resource in (r for r in RESOURCES.values() if r.api_version == version):
        row = {"name": resource.name, "singularName": resource.kind.lower(), "namespaced": resource.namespaced,
               "kind": resource.kind, "verbs": resource.verbs.split(","), "shortNames": list(resource.short_names),
               "categories": list(resource.categories)}  # fmt: skip
        rows.append(row)
        if resource.kind in ("Deployment", "ReplicaSet", "StatefulSet", "ReplicationController"):
            scale = {"group": "autoscaling", "version": "v1", "kind": "Scale", "verbs": ["get", "patch", "update"]}
            rows.append({**row, **scale, "name": f"{resource.name}/scale", "shortNames": [], "categories": []})
    return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": version, "resources": rows}


def groups() -> dict[str, Any]:
    found = []
    for group in sorted({r.group for r in RESOURCES.values()} - {""}):
        versions = sorted({r.api_version for r in RESOURCES.values() if r.group == group})
        rows = [{"groupVersion": v, "version": v.partition("/")[2]} for v in versions]
        found.append({"name": group, "versions": rows, "preferredVersion": rows[0]})
    return {"kind": "APIGroupList", "apiVersion": "v1", "groups": found}


def openapi(version: str) -> dict[str, Any]:
    """That the server checks fields itself: kubectl looks for this before it lets it."""
    group, _, number = version.rpartition("/")
    paths = {}
    for resource in (r for r in RESOURCES.values() if r.api_version == version):
        kind = {"group": group, "version": number, "kind": resource.kind}
        verb = {"x-kubernetes-group-version-kind": kind, "responses": {},
                "parameters": [{"name": "fieldValidation", "in": "query"}, {"name": "dryRun", "in": "query"}]}  # fmt: skip
        paths[f"/{version}/{resource.name}/{{name}}"] = {"get": verb, "put": verb, "patch": verb, "post": verb}
    info = {"title": "Kubernetes", "version": "v1.36.0"}
    return {"openapi": "3.0.0", "info": info, "paths": paths, "components": {"schemas": {}}}


class Server:
    """Answers for one transaction after another."""

    def __init__(self) -> None:
        self.tx: Any = None
        self.url = ""

    def answer(self, verb: str, path: str, headers: Any, raw: bytes) -> tuple[int, Any, list[str]]:
        """(code, body, warnings)"""
        known = self._about_the_server(path)
        if known is not None:
            return 200, known, []
        asked = self._asked(path, raw)
        if asked is None:
            return 404, {}, []
        self.tx.warnings.clear()
        try:
            return self._of_objects(verb, asked, headers)
        except Rejected as refusal:
            return refusal.code, refusal.status(), [*refusal.warnings, *self.tx.warnings]

    def _about_the_server(self, path: str) -> Any:
        place = urlsplit(path).path.rstrip("/")
        if place == "/api":
            return {"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []}
        if place == "/apis":
            return groups()
        if place == "/openapi/v3":
            versions = {r.api_version for r in RESOURCES.values()}
            names = {v: f"apis/{v}" if "/" in v else f"api/{v}" for v in versions}
            return {"paths": {n: {"serverRelativeURL": f"/openapi/v3/{n}"} for n in names.values()}}
        if place.startswith("/openapi/v3/"):
            return openapi(place.split("/", 4)[4])
        found = re.fullmatch(r"/apis?/(v1|[^/]+/[^/]+)", place)
        known = found is not None and any(r.api_version == found[1] for r in RESOURCES.values())
        return discovery(found[1]) if found and known else None

    def _asked(self, path: str, raw: bytes) -> Asked | None:
        url = urlsplit(path)
        found = re.fullmatch(
            r"/apis?/(v1|[^/]+/[^/]+)/(?:namespaces/([^/]+)/(?=[^/]))?([^/]+)(?:/([^/]+))?(?:/([^/]+))?", url.path
        )
        resource = RESOURCES.get((found[1], found[3])) if found else None
        if found is None or resource is None:
            return None
        query = {key: values[-1] for key, values in parse_qs(url.query).items()}
        body = json.loads(raw) if raw else {}
        return Asked(resource, found[2] or "", found[4] or "", found[5] or "", query, body)

    def _of_objects(self, verb: str, asked: Asked, headers: Any) -> tuple[int, Any, list[str]]:
        warned = [ENDPOINTS_WARNING] if asked.resource.kind == "Endpoints" and verb == "GET" else []
        if verb == "GET":
            return 200, self._got(asked, headers.get("Accept") or ""), warned
        if verb == "DELETE":
            self._delete(asked)
            return 200, {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success"}, []
        obj = self._written(verb, asked, headers.get("Content-Type") or "")
        warned = list(self.tx.warnings)
        quiesce(self.tx)
        return 201 if verb == "POST" else 200, public(obj), warned

    def _got(self, asked: Asked, accept: str) -> Any:
        tabular, whole = "as=Table" in accept, asked.query.get("includeObject") == "Object"
        kind = asked.resource.kind
        if asked.name:
            obj = self.tx.require(asked.key)
            if asked.part == "scale":
                return {"kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": obj.metadata,
                        "spec": {"replicas": obj.spec.get("replicas", 1)}}  # fmt: skip
            return self._table(kind, [obj], whole) if tabular else public(obj)
        found = self._listed(asked)
        if tabular:
            return self._table(kind, found, whole)
        items = [{k: v for k, v in public(o).items() if k not in ("apiVersion", "kind")} for o in found]
        metadata = {"resourceVersion": str(self.tx.cluster.rv)}
        return {"kind": f"{kind}List", "apiVersion": asked.resource.api_version, "metadata": metadata, "items": items}

    def _listed(self, asked: Asked) -> list[Any]:
        if asked.resource.kind not in KINDS:
            return []
        found = self.tx.cluster.of_kind(asked.resource.kind, asked.namespace or None)
        try:
            wanted = selectors.parse(asked.query.get("labelSelector") or "")
        except ValueError as error:
            raise Rejected(400, "BadRequest", str(error)) from None
        found = [obj for obj in found if selectors.all_match(wanted, obj.labels)]
        for part in filter(None, asked.query.get("fieldSelector", "").split(",")):
            path, _, value = part.partition("=")
            found = [obj for obj in found if (_field(obj.body, path.rstrip("!")) == value) != path.endswith("!")]
        return found

    def _table(self, kind: str, found: list[Any], whole: bool) -> Any:
        columns = [{"name": c.name, "type": "string", "format": "name" if c.name == "Name" else "", "description": "",
                    "priority": c.priority} for c in tables.columns(kind)]  # fmt: skip
        part = {"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1"}
        rows = [{"cells": list(tables.cells(obj, self.tx.now)),
                 "object": public(obj) if whole else {**part, "metadata": obj.metadata}} for obj in found]  # fmt: skip
        return {"kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": {}, "columnDefinitions": columns,
                "rows": rows}  # fmt: skip

    def _written(self, verb: str, asked: Asked, form: str) -> Any:
        body, settings = asked.body, asked.settings
        if asked.part == "scale":
            return self.tx.scale(asked.key, body["spec"]["replicas"], dry_run=settings["dry_run"])
        if verb == "PATCH":
            kind = PATCHES[form.removeprefix("application/").partition("+")[0]]
            return self.tx.patch(asked.key, body, kind, subresource=asked.part, **settings)
        if asked.resource.namespaced:
            body["metadata"].setdefault("namespace", asked.namespace)
        return (self.tx.create if verb == "POST" else self.tx.replace)(body, **settings)

    def _delete(self, asked: Asked) -> None:
        options = asked.body or {}
        how = (options.get("propagationPolicy") or "Background").lower()
        dry_run = bool(options.get("dryRun"))
        self.tx.delete(asked.key, options.get("gracePeriodSeconds"), how, dry_run=dry_run)
        quiesce(self.tx)


def _field(body: Any, path: str) -> str:
    for part in path.split("."):
        body = body.get(part) if isinstance(body, dict) else None
    return "" if body is None else str(body)


@contextmanager
def serving():
    """A server on a free port of this machine."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: Any) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            code, body, warnings = server.answer(self.command, self.path, self.headers, raw)
            data = json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            for warning in warnings:
                self.send_header("Warning", "299 - " + json.dumps(warning))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_port}"
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        http.shutdown()


def fresh(tx: Any) -> Transaction:
    """The same cluster, to be changed without the other knowing."""
    return Transaction(tx.cluster, tx.now)
