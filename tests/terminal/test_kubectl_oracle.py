"""The same command lines by the real kubectl, where it runs without a server: its words are ours.

`--dry-run=client` and `--local` need no server; neither do refusals of a command line.
"""

import shlex
import subprocess
from pathlib import Path

import pytest

from kubeviz.terminal import run
from tests.terminal.shells import shell

KUBECTL = Path(".venv/bin/kubectl")
POD = """\
apiVersion: v1
kind: Pod
metadata: {name: a, labels: {x: "1"}}
spec: {containers: [{name: c, image: nginx, args: ["a", "b"]}, {name: d, image: n2}]}
"""
CREATED = """
create ns x
create namespace x y
create ns
create cm x --from-literal=a=b --from-literal c=1
create configmap x --from-literal=a=b --from-literal=a=c
create configmap x --from-literal=a
create deployment web --image=nginx
create deploy web --image=registry.example.com/a/b:1.2 --replicas=3 --port 80
create deployment web --image=a --image=b/c:2
create deployment web --image=a -- sleep 1
create deployment web
create deployment web --image=nginx extra
create job x --image=busybox -- echo hi
create job x
create sa x
create secret generic s --from-literal=a=b
create service clusterip web --tcp=80:8080
create service clusterip web --tcp=80
create svc clusterip web --clusterip=None
create svc clusterip web
create svc nodeport web --tcp=80:8080 --node-port=30099
create svc nodeport web --tcp=foo
create svc nodeport web --tcp=99999
create svc loadbalancer web --tcp=80 --tcp=443:https
create svc externalname db --external-name=a.b.c
create svc externalname db
create ingress i --default-backend=svc:80
create ingress i --class=nginx --rule=foo.com/=svc:80,tls --rule=/a*=svc:p --annotation a=b
create ingress i --rule=a.com/x*=s:80,tls=one --rule=a.com/y=t:80,tls=one --rule=b.com/=u:http
create ingress i --rule=foo
create ingress i
""".strip().splitlines()
REFUSED = """
gett
rollout foo
config foo
set image
set image --local -f pod.yaml zz=n:2
set image --local -f pod.yaml *=n:2
set selector
set env
rollout status
rollout undo
exec
exec p
exec p ls
port-forward
port-forward p
logs
wait
wait pod/x --for=foo
config set-context
cordon
drain
taint
taint node x
explain
edit
diff
annotate
auth can-i
run
run x
get -z
get --nope
get pods -o
get -w=foo pods
scale --replicas=x
create deployment x --image=nginx --replicas=a
create foo
create
create ns x --dry-run=foo
create ns x --dry-run=client -o foo
expose --port=80
scale
label
get
create svc clusterip x --tcp=80 --node-port=3
patch svc x
""".strip().splitlines()
JSONPATHS = """
{.spec.containers[*].name}
{.spec}
{.spec.containers}
{range .spec.containers[*]}{.name}{"\\t"}{.image}{"\\n"}{end}
{range .spec.containers[*]}{.name}
{range .spec.containers[*]}{range .args[*]}{@}{","}{end}{.name}{";"}{end}tail
{.spec.containers[?(@.name=="d")].image}
{.spec.containers[?(@.name!="d")].image}
{.spec.containers[?(@.args)].name}
{.spec.containers[?(@.image=="n2")]}
{..name}
{..image}
{.metadata.labels.y}
{.metadata.labels['x']}
{.metadata.labels.x}
{.spec.containers[0].args}
{.spec.containers[0,1].name}
{.spec.containers[-1:].name}
{.spec.containers[-1].name}
{.spec.containers[0:1].name}
{.spec.containers[::2].name}
{.spec.containers[:].image}
{.spec.containers[5].name}
{.spec['containers'][1].name}
{.kind}/{.metadata.name}
x{.metadata.name}y
{$.kind}
{@.kind}
.metadata.name
plain text
{"a\\tb\\"c"}
{'q'}
{10}
{true}
{}
{.a
{.spec.containers[x]}
{.spec.containers[?(@.name]}
{.spec.containers[
{"open}
{....name}
{.spec.containers[0]['name','image']}
{.spec.*}
{end}
""".strip().splitlines()


def real(words: list[str], folder: Path) -> tuple[str, int]:
    done = subprocess.run(
        [KUBECTL.absolute(), *words], cwd=folder, capture_output=True, text=True,
        env={"HOME": str(folder)}, check=False,
    )  # fmt: skip
    return done.stderr + done.stdout, done.returncode


def ours(words: list[str]) -> tuple[str, int]:
    session = shell()
    session.files = {"pod.yaml": POD}
    result = run(shlex.join(["kubectl", *words]), session)
    return result.err + result.out, result.code


@pytest.mark.parametrize("line", CREATED)
def test_create_makes_the_object_that_kubectl_makes(line: str, tmp_path: Path) -> None:
    before, dashes, command = line.partition(" -- ")
    words = [*before.split(), "--dry-run=client", "-o", "yaml", *(["--", *command.split()] if dashes else [])]
    assert ours(words) == real(words, tmp_path)


@pytest.mark.parametrize("line", REFUSED)
def test_a_command_line_is_refused_in_kubectls_words(line: str, tmp_path: Path) -> None:
    (tmp_path / "pod.yaml").write_text(POD)
    assert ours(line.split()) == real(line.split(), tmp_path)


WALKS = 30
"""`..` walks Go's maps, whose order is another at every run: ours must be one of kubectl's own answers."""


@pytest.mark.parametrize("template", JSONPATHS)
def test_jsonpath_is_kubectls_dialect(template: str, tmp_path: Path) -> None:
    (tmp_path / "pod.yaml").write_text(POD)
    words = ["label", "-f", "pod.yaml", "--local", "z=1", "-o", f"jsonpath={template}"]
    mine = ours(words)
    answers = {real(words, tmp_path)}
    for _ in range(WALKS if ".." in template else 0):  # asked again only where kubectl walks a Go map
        if mine in answers:
            break
        answers.add(real(words, tmp_path))
    assert mine in answers


CHANGED = """
set image -f pod.yaml c=n:2
set image -f pod.yaml *=n:2
set env -f pod.yaml A=b
set env -f pod.yaml -c c A=b B=
label -f pod.yaml y=2
label -f pod.yaml x-
label -f pod.yaml x=2
label -f pod.yaml x=2 --overwrite
label -f pod.yaml y=a,b
annotate -f pod.yaml note=hello
annotate -f pod.yaml note-
""".strip().splitlines()


@pytest.mark.parametrize("line", CHANGED)
@pytest.mark.parametrize("output", ["", "name"])
def test_local_changes_are_told_as_kubectl_tells_them(line: str, output: str, tmp_path: Path) -> None:
    (tmp_path / "pod.yaml").write_text(POD)
    words = [*line.split(), "--local", *(["-o", output] if output else [])]
    assert ours(words) == real(words, tmp_path)


TEMPLATES = """
{{.metadata.name}}
{{range .spec.containers}}{{.name}}={{.image}}{{"\\n"}}{{end}}
{{range $i, $c := .spec.containers}}{{$i}}:{{$c.name}} {{end}}
{{range $k, $v := .metadata.labels}}{{$k}}={{$v}};{{end}}
{{if .metadata.nope}}yes{{else}}no{{end}}
{{if eq .metadata.name "b"}}b{{else if eq .metadata.name "a"}}a{{end}}
{{with .metadata}}{{.name}}{{end}}
{{(index .spec.containers 1).image}}
{{index .metadata.labels "x"}}
{{len .spec.containers}}
{{printf "%s-%v %5s|" .metadata.name 3 "r"}}
{{.spec.containers}}
{{.metadata.labels}}
{{.metadata.nope}}
{{- /* nothing */ -}} end
{{range .spec.nope}}x{{else}}empty{{end}}
{{not true}} {{and 1 0}} {{or 0 "x"}}
{{.metadata.name | printf "%q"}}
{{$x := .kind}}{{$x}}/{{$.kind}}
{{if and .kind (eq .kind "Pod")}}pod{{end}}
{{ne 1 2}} {{lt 1 2}} {{ge 1 2}}
""".strip().splitlines()


@pytest.mark.parametrize("template", TEMPLATES)
def test_go_templates_print_what_gos_would(template: str, tmp_path: Path) -> None:
    (tmp_path / "pod.yaml").write_text(POD)
    words = ["label", "-f", "pod.yaml", "--local", "z=1", "-o", f"go-template={template}"]
    assert ours(words) == real(words, tmp_path)
