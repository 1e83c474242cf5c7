"""Files as people write them, and as attackers do."""

import textwrap
import time

import pytest

from kubeviz.cluster import manifest
from kubeviz.cluster.manifest import ManifestError


def load(text: str, **options):
    return manifest.load(textwrap.dedent(text), "shop.yaml", **options)


SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: order\n"
BOMB = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 8)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGE_BOMB = "a: &a {k: [1, 2, 3, 4]}\n" + "".join(
    f"{name}: &{name}\n" + "".join(f"  k{i}: {{<<: *{before}}}\n" for i in range(9))
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

ODD = [
    ("tabs at line ends", "apiVersion: v1\t\nkind: Service\t \nmetadata:\t\n  name: order\t\n"),
    ("a space after ---", f"--- \n{SERVICE}--- \n# only a comment\n---\n"),
    ("Korean comments", f"# 주문 서비스\n{SERVICE}# 끝\n"),
    ("windows line ends", SERVICE.replace("\n", "\r\n")),
    ("a byte order mark", "\ufeff" + SERVICE),
    ("JSON indented by tabs", '{\n\t"apiVersion": "v1", "kind": "Service",\n\t"metadata": {"name": "order"}}'),
    ("a List", "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n    name: order\n"),
]


@pytest.mark.parametrize("text", [row[1] for row in ODD], ids=[row[0] for row in ODD])
def test_an_odd_but_right_file_loads(text):
    (document,) = manifest.load(text).documents
    assert document.body == {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "order"}}


WRONG = [
    (
        "namespace under name",
        "apiVersion: v1\nkind: Ingress\nmetadata:\n  name: shop\n    namespace: snackbar\n",
        "shop.yaml:5: `namespace` is indented under `name`, which already has a value; "
        "it must start in the same column as `name` (column 3)",
    ),
    ("a tab indents", "a:\n\tb: c\n", "shop.yaml:2: a tab indents here; YAML wants spaces"),
    ("no list of objects", "- a\n", "shop.yaml:1: an object is a mapping with apiVersion, kind and metadata"),
    (
        "a fragment",
        "---\nspec:\n  type: NodePort\n",
        "shop.yaml:2: apiVersion: apiVersion not set and kind not set: every object begins with apiVersion and kind "
        "(for example `apiVersion: v1`)",
    ),
    (
        "metadata is text",
        "apiVersion: v1\nkind: Pod\nmetadata: x\n",
        "shop.yaml:3: metadata: must be a mapping with at least a name",
    ),
    ("a key twice", SERVICE + "kind: Pod\n", 'shop.yaml:5: kind: key "kind" already set in map'),
    ("an alias bomb", BOMB, "shop.yaml:6: more than 100,000 values once aliases are written out"),
    ("a merge bomb", MERGE_BOMB, None),
    ("an alias in itself", "a: &a [*a]\n", "shop.yaml:1: alias *a names nothing that stands before it"),
    ("100,000 brackets", "[" * 100_000, "shop.yaml:1: nested more than 50 deep"),
    ("100,000 dashes", "- " * 100_000, "shop.yaml:1: nested more than 50 deep"),
    ("a merge of text", "a: 1\n<<: text\n", "shop.yaml:2: map merge requires map or sequence of maps as the value"),
    ("half a character", 'a: "\ud800"', None),
    ("a control character", "a: \x01", None),
]


@pytest.mark.parametrize(("text", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_file_is_refused_at_once_with_its_line(text, said):
    start = time.thread_time()
    with pytest.raises(ManifestError) as caught:
        manifest.load(text, "shop.yaml")
    assert time.thread_time() - start < 0.5
    if said is not None:
        assert str(caught.value) == said


def test_a_browser_may_send_two_megabytes_and_two_thousand_objects():
    with pytest.raises(ManifestError, match="larger than 2 MiB"):
        manifest.load("#" * (2 << 20) + "#", browser=True)
    with pytest.raises(ManifestError, match="more than 2,000 objects"):
        manifest.load(f"---\n{SERVICE}" * 2001, browser=True)


LEFT_OUT = [
    ("Istio", "networking.istio.io/v1", "VirtualService", ""),
    ("Knative's Service", "serving.knative.dev/v1", "Service", ""),
    ("an Ingress of 2019", "extensions/v1beta1", "Ingress", "; write apiVersion: networking.k8s.io/v1"),
    ("a Deployment of 2017", "apps/v1beta2", "Deployment", "; write apiVersion: apps/v1"),
    ("a beta Ingress", "networking.k8s.io/v1beta1", "Ingress", "; write apiVersion: networking.k8s.io/v1"),
]


@pytest.mark.parametrize(("version", "kind", "advice"), [r[1:] for r in LEFT_OUT], ids=[r[0] for r in LEFT_OUT])
def test_a_kind_the_cluster_does_not_have_is_left_out_and_the_rest_loads(version, kind, advice):
    found = manifest.load(f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: x}}\n---\n{SERVICE}", "shop.yaml")
    assert [d.body["kind"] for d in found.documents] == ["Service"]
    assert [str(n) for n in found.skipped] == [
        f'shop.yaml:1: left out: no matches for kind "{kind}" in version "{version}"{advice}'
    ]


SCALARS = [
    ("y", True), ("no", False), ("on", True), ("1.0", 1), ("1.5", 1.5), ("1e3", 1000), ("0x10", 16), ("12:30", "12:30"),
    ("2024-01-01", "2024-01-01"), ("~", None), ("'80'", "80"), ("100m", "100m"), (".inf", "inf"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SCALARS, ids=[row[0] for row in SCALARS])
def test_a_plain_value_is_what_kubectl_makes_of_it(text, value):
    (document,) = manifest.load(f"{SERVICE}x: {text}\n").documents
    assert document.body["x"] == value
    assert type(document.body["x"]) is type(value)


def test_every_field_has_a_line():
    (document,) = load(
        """\
        apiVersion: v1
        kind: Service
        metadata:
          name: order
          annotations:
            kubeviz.dev/app: x
        spec:
          loadBalancerSourceRanges: [a]
          ports:
          - port: 80
          - port: 81
            name: b
        """
    ).documents
    paths = {
        "spec.ports[1].name": 12, "spec.ports[1].nodePort": 11, "spec.type": 7, "status": 1, "metadata.name": 4,
        "metadata.annotations[kubeviz.dev/app]": 6, "spec.LoadBalancerSourceRanges[0]": 8,
    }  # fmt: skip
    assert {path: document.line_of(path) for path in paths} == paths
