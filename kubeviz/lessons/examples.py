"""One example of everything an author can write, all of them true in the snackbar.

The desk shows their values in empty fields, and what stands in an example is asked first; the catalogue in
`docs/authoring.md` prints them. A new type of check or step needs its example here.
"""

from typing import Any

Example = dict[str, Any]

CHECKS: dict[str, Example] = {
    "request": {"check": "request", "from": "internet", "url": "http://{node node-1}:30080/", "expect": "delivered"},
    "reachability": {
        "check": "reachability",
        "from": ["internet", "every pod/snackbar"],
        "to": ["http://{node node-1}:30080/", "http://payment.snackbar/pay"],
        "expect": "delivered",
        "except": [{"from": "internet", "to": "http://payment.snackbar/pay", "expect": "NameNotFound"}],
    },
    "object": {
        "check": "object",
        "ref": "service/snackbar/order",
        "path": "{.spec.ports[0].targetPort}",
        "equals": 8080,
    },
    "dns": {"check": "dns", "from": "pod/snackbar/app=order", "name": "payment", "answer": "{snackbar/payment}"},
    "env": {
        "check": "env",
        "pod": "snackbar/app=order",
        "variable": "PAYMENT_SERVICE_HOST",
        "value": "{snackbar/payment}",
    },
    "endpoints": {"check": "endpoints", "service": "snackbar/order", "pods": "snackbar/app=order"},
    "command": {
        "check": "command",
        "pattern": r"kubectl.*\bget\b.*\b(endpoints|ep)\b",
        "example": "kubectl get endpoints -n snackbar",
    },
    "prediction": {
        "check": "prediction",
        "from": "internet",
        "url": "http://{node node-1}:30080/",
        "about": "pod",
        "ask_ko": "누가 대답할까요?",
        "ask_en": "Who will answer?",
    },
    "choice": {
        "check": "choice",
        "ask_ko": "서비스는 무엇을 보고 파드를 고를까요?",
        "ask_en": "By what does a Service choose its pods?",
        "options": [
            {"value": "labels", "ko": "레이블", "en": "Labels"},
            {"value": "name", "ko": "이름", "en": "Names"},
        ],
        "right": "labels",
    },
    "text": {
        "check": "text",
        "ask_ko": "앱은 몇 번 포트에서 듣나요?",
        "ask_en": "At which port does the app listen?",
        "answers": ["8080"],
        "number": True,
    },
    "unchanged": {"check": "unchanged", "refs": ["deployment/snackbar/order"]},
    "renewed": {"check": "renewed", "ref": "pod/snackbar/app=order"},
}
STEPS: dict[str, Example] = {
    "run": {"do": "run", "line": "kubectl scale deploy order --replicas=3 -n snackbar"},
    "apply": {
        "do": "apply",
        "manifests": "apiVersion: v1\nkind: Service\nmetadata: {name: menu, namespace: snackbar}\n"
        "spec: {selector: {app: order}, ports: [{port: 80, targetPort: 8080}]}\n",
    },
    "delete": {"do": "delete", "ref": "service/snackbar/payment"},
    "patch": {"do": "patch", "ref": "service/snackbar/order", "with": {"spec": {"externalTrafficPolicy": "Local"}}},
    "label": {"do": "label", "ref": "pod/snackbar/app=order", "labels": {"shift": "night"}},
    "selector": {"do": "selector", "ref": "service/snackbar/order", "selector": {"app": "oder"}},
    "scale": {"do": "scale", "ref": "deployment/snackbar/order", "replicas": 0},
    "restart": {"do": "restart", "ref": "deployment/snackbar/order"},
    "app": {"do": "app", "ref": "deployment/snackbar/order", "app": "listen: [8080]\nready: false\n"},
    "power": {"do": "power", "node": "node-2", "to": "off"},
    "firewall": {"do": "firewall", "port": 30090, "to": "open"},
    "tunnel": {"do": "tunnel"},
    "send": {"do": "send", "from": "internet", "url": "http://{node node-1}:30080/"},
    "answer": {"do": "answer", "check": "port", "value": "8080"},
}
HINT: Example = {
    "text_ko": "서비스의 엔드포인트를 보세요.",
    "text_en": "Look at the endpoints of the Service.",
    "cost": 2,
    "when": ["SelectorMatchesNothing"],
}
PRESET: Example = {
    "label_ko": "간식 주문하기",
    "label_en": "Order a snack",
    "source": "internet",
    "url": "http://{node node-1}:30080/",
}
FAULTS: Example = {"seed": 7, "count": 2, "from": ["selector_typo", "wrong_target_port"]}
