"""Words of a learner's own starting points."""

from .words import Words

WORDS: dict[str, Words] = {
    "own": Words("내 시나리오", "My scenarios"),
    "own_new": Words("내 매니페스트로 열기", "Open my own manifests"),
    "own_new_text": Words(
        "YAML을 붙여 넣거나 파일을 고르세요. 실제 클러스터에서 받은 것도 됩니다: "
        "kubectl get all,ingress,ingressclass,endpoints,endpointslices,nodes -A -o yaml",
        "Paste YAML or choose a file. The dump of a real cluster will do, too: "
        "kubectl get all,ingress,ingressclass,endpoints,endpointslices,nodes -A -o yaml",
    ),
    "own_browser": Words(
        "이 브라우저에서만 보입니다. 계정은 필요 없습니다.", "Only this browser sees it; no account is needed."
    ),
    "own_copy": Words("고쳐서 열기", "Edit a copy"),
    "own_title": Words("제목", "Title"),
    "own_provider": Words("클러스터가 있는 곳", "Where the cluster stands"),
    "own_addon": Words("ingress-nginx 컨트롤러도 설치", "Install the ingress-nginx controller, too"),
    "own_firewall": Words("방화벽: 노드 포트를", "Firewall: node ports are"),
    "own_firewall_closed": Words("막습니다 (처음 상태)", "blocked (as clouds begin)"),
    "own_firewall_open": Words("엽니다", "open"),
    "own_open": Words("새 실습 열기", "Open a new lab"),
    "own_remove": Words("지우기", "Remove"),
    "own_remove_help": Words("이 시나리오와 여기서 연 실습을 지웁니다", "Removes it and the labs opened from it"),
    "own_empty": Words("객체가 하나도 없습니다. YAML을 붙여 넣으세요.", "There is no object in it; paste YAML."),
    "own_many": Words("객체가 너무 많습니다 (2,000개까지).", "Too many objects (2,000 at most)."),
    "own_full": Words(
        "내 시나리오는 20개까지입니다. 안 쓰는 것을 지우세요.", "20 scenarios of your own are kept; remove one first."
    ),
    "own_choice": Words("목록에 없는 값입니다.", "This is none of the choices."),
    "own_title_long": Words("제목은 200자까지입니다.", "A title has at most 200 characters."),
}
