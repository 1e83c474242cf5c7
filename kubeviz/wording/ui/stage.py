"""The words of the stage: what stands on its cards, its tools, its pictures, and the shelf of scenarios."""

from .words import Words

WORDS: dict[str, Words] = {
    # Cards
    "public_dns": Words("바깥 DNS", "Public DNS"),
    "names_to_addresses": Words("이름 → 주소", "name → address"),
    "no_cluster_ip": Words("ClusterIP 없음", "no cluster IP"),
    "doors": Words("노드 포트", "Node ports"),
    "stack": Words("파드 묶음", "Stack of pods"),
    "external": Words("바깥 이름", "Outside name"),
    "waiting": Words("자리를 기다리는 파드", "Pods waiting for a node"),
    "dns": Words("DNS", "DNS"),
    "why_NotReady": Words("준비 안 됨", "Not ready"),
    "why_NodeDown": Words("노드 꺼짐", "Node down"),
    "why_Unschedulable": Words("자리 없음", "No node fits"),
    "why_ContainerCreating": Words("시작하는 중", "Starting"),
    "why_CrashLoopBackOff": Words("계속 죽음", "Crashing"),
    "why_ImagePullBackOff": Words("이미지 없음", "No image"),
    "why_ErrImagePull": Words("이미지 없음", "No image"),
    # Sharing
    "share_lab": Words("공유", "Share"),
    "share_watch": Words("지켜보는 링크.", "A link to watch."),
    "share_watch_text": Words(
        "이 링크를 가진 사람은 보기만 하고, 아무것도 바꿀 수 없습니다.",
        "Whoever has it sees what you do and can change nothing.",
    ),
    "share_anew": Words("새 링크", "New link"),
    "share_anew_text": Words(
        "지금까지 나눈 링크와 슬라이드는 더 열리지 않습니다.", "Links and slides handed out so far stop working."
    ),
    "share_qr": Words("지켜보는 링크의 QR 코드", "The link to watch as a QR code"),
    "share_slides": Words("슬라이드에 넣기.", "For slides."),
    "share_slides_text": Words(
        "이 줄을 HTML 슬라이드에 붙이면 살아 있는 그림이 나옵니다.",
        "Put this line into HTML slides and the picture is alive in them.",
    ),
    "watching": Words("보기만", "Watching"),
    "watch_empty": Words(
        "아직 아무 요청도 보내지 않았습니다. 누군가 보내면 여기에 나타납니다.",
        "Nothing was sent yet. When somebody sends a request, it shows here.",
    ),
    # The shelf of scenarios
    "continue": Words("이어서 하기", "Go on"),
    "open_anew": Words("새로 열기", "Open anew"),
    "shelf_arrive": Words("도착하는 요청 {count}", "{count} requests that arrive"),
    "shelf_fail": Words("왜 안 될까요? {count}", "{count} that fail: why?"),
    "provider_cloud": Words("클라우드 · 노드 3", "cloud · 3 nodes"),
    "provider_minikube": Words("minikube · 노드 1", "minikube · 1 node"),
    "provider_bare": Words("직접 설치 · 노드 3", "bare metal · 3 nodes"),
    # Tools
    "fold": Words("모두 접기", "Fold all"),
    "picture": Words("그림 저장", "Save picture"),
    "picture_svg": Words("SVG로 저장", "Save as SVG"),
    "picture_png": Words("PNG로 저장", "Save as PNG"),
    "too_many_title": Words("그림으로 보기에는 너무 많습니다", "Too much for a picture"),
    "to_tables": Words("표로 보기", "See the tables"),
    "not_drawn": Words(
        "그림을 가져오지 못했습니다. 다시 해 보는 중입니다…", "The picture could not be loaded. Trying again…"
    ),
    "another_lab": Words("다른 실습실 열기", "Open another lab"),
    "undrawable": Words("그림을 그릴 프로그램을 받지 못했습니다", "The program that draws could not be loaded"),
    "undrawable_text": Words(
        "네트워크가 cdn.jsdelivr.net을 막고 있을 수 있습니다. 새로 고쳐 보세요. 그림이 없어도 요청은 보낼 수 있고, 같은 내용이 아래 ‘표로 보기’에 있습니다.",
        "The network may be blocking cdn.jsdelivr.net. Try to reload. Requests can be sent without the picture, and the tables below hold the same.",
    ),
    "stale": Words(
        "연결이 끊겼습니다. 마지막으로 본 모습입니다.", "The connection is lost. This is what was seen last."
    ),
}
