"""Objects printed as kubectl prints them."""

from kubeviz.cluster.yaml_text import to_yaml

OBJECT = {
    "kind": "Ingress",
    "apiVersion": "networking.k8s.io/v1",
    "metadata": {"name": "snackbar", "resourceVersion": "1480", "annotations": {"note": "주문\n결제\n"}},
    "spec": {"rules": [{"host": "*.example.com"}], "empty": {}, "on": "yes"},
}
PRINTED = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  annotations:
    note: |
      주문
      결제
  name: snackbar
  resourceVersion: "1480"
spec:
  empty: {}
  "on": "yes"
  rules:
  - host: '*.example.com'
"""


def test_keys_are_sorted_lists_stand_under_their_key_and_only_what_must_be_is_quoted():
    assert to_yaml(OBJECT) == PRINTED
