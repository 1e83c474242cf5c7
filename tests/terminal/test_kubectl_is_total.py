"""Whatever is typed after kubectl is answered: no exception, no endless work, an exit code."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kubeviz.terminal import Session
from kubeviz.terminal.kubectl import kubectl
from kubeviz.terminal.kubectl.table import GLOBAL, VERBS
from kubeviz.terminal.printers import gotemplate, jsonpath
from kubeviz.terminal.printers.jsonpath import JsonPathError
from tests.terminal.shells import shell

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
"""
FLAGS = sorted({f.name for v in VERBS.values() for f in v.flags.values()} | set(GLOBAL))
SHORTS = sorted({f.short for v in VERBS.values() for f in v.flags.values() if f.short} | set("nhsvz"))
THINGS = ("pods", "svc", "deploy", "svc/web", "deploy/web", "ing", "ep,svc", "all", "no", "node-1", "web", "nope", "ns",
          "default", "kubernetes", "cm", "events", "endpointslices", "x/y/z", "/", ",")  # fmt: skip
VALUES = ("web", "", "-1", "3", "yaml", "json", "wide", "name", "jsonpath={..name}", "jsonpath={.items[*]", "client",
          "server", "app=web", "a=b", "a=b,c", "!x", "a in (b)", "web.yaml", "-", "5s", "condition=Ready", "delete",
          "true", "80", "80:8080", "80:http", "{}", '{"spec":{"replicas":2}}', "[1]", "null", "c=nginx:2", "web-", "*=a",
          "go-template={{range .items}}{{.x}}{{end}}", "custom-columns=A:.x", "\x1b[31m", "한글", "background",
          "NodePort", "x" * 300, "a.example.com/p*=web:80,tls", "status.phase=Running", "spec", "web:80")  # fmt: skip


def words() -> st.SearchStrategy[list[str]]:
    return st.sampled_from(sorted(VERBS)).flatmap(line_of)


def line_of(verb: str) -> st.SearchStrategy[list[str]]:
    """The verb, a thing or two, and mostly flags that it has."""
    own = sorted({*VERBS[verb].flags, *GLOBAL})
    flag = st.sampled_from(own) if own else st.sampled_from(FLAGS)
    value = st.sampled_from(VALUES) | st.text(max_size=12)
    word = st.one_of(
        value,
        st.tuples(flag, value).map(lambda p: f"--{p[0]}={p[1]}"),
        st.tuples(flag, value).map(lambda p: f"--{p[0]}={p[1]}"),
        flag.map(lambda f: f"--{f}"),
        st.tuples(st.sampled_from(SHORTS), value).map(lambda p: f"-{p[0]}{p[1]}"),
        st.just("--"),
    )
    things = st.lists(st.sampled_from(THINGS), max_size=2)
    return st.tuples(things, st.lists(word, max_size=4)).map(lambda p: [*verb.split(), *p[0], *p[1]])


def session() -> Session:
    found = shell(WEB)
    found.files = {"web.yaml": WEB, "bad.yaml": "a: [", "list.yaml": "- 1"}
    return found


SHARED = session()


@settings(max_examples=200)
@given(words(), st.sampled_from(["", WEB, "{", "a: b", "\x00"]))
def test_any_command_line_is_answered(argv: list[str], stdin: str) -> None:
    result = kubectl(argv, SHARED, stdin)
    assert isinstance(result.code, int)
    SHARED.places = SHARED.places[:1]
    if len(SHARED.tx.cluster) > 400:
        SHARED.tx = session().tx


@settings(max_examples=200)
@given(st.text(alphabet="""{}[]().*?@$\'\"=<>!:,- ab01\n""", max_size=30))
def test_any_template_is_a_path_or_an_error(text: str) -> None:
    for template in (text, f"{{{text}}}", f"{{range .a}}{text}{{end}}"):
        try:
            jsonpath.execute(jsonpath.parse(template), {"a": [{"b": 1}, None, "x"], "b": {"a": []}})
        except JsonPathError:
            continue


@settings(max_examples=100)
@given(st.text(alphabet="""{}()|.$"` =:ab01-""", max_size=30))
def test_any_go_template_is_printed_or_an_error(text: str) -> None:
    from kubeviz.terminal.kubectl.errors import KubectlError

    for template in (text, f"{{{{{text}}}}}", f"{{{{range .a}}}}{text}{{{{end}}}}"):
        try:
            gotemplate.printer(template or "x")({"kind": "Pod", "a": [{"b": 1}]})
        except KubectlError:
            continue
