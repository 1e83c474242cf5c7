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
    "stale": Words(
        "연결이 끊겼습니다. 마지막으로 본 모습입니다.", "The connection is lost. This is what was seen last."
    ),
}
