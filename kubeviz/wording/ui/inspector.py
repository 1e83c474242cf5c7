"""Words of the inspector: essentials of every kind, the list of all objects, editing, applying, exporting."""

from .words import Words

WORDS: dict[str, Words] = {
    # essentials
    "replicas": Words("파드 (준비/원하는 수)", "Pods (ready/wanted)"),
    "image": Words("이미지", "Image"),
    "strategy": Words("바꾸는 방식", "Strategy"),
    "service_name": Words("서비스 이름", "Service name"),
    "completions": Words("끝난 수", "Completions"),
    "keys": Words("키", "Keys"),
    "pods_selected": Words("고르는 파드", "Pods selected"),
    "directions": Words("방향", "Directions"),
    "default_class": Words("기본 클래스", "Default class"),
    "reason": Words("까닭", "Reason"),
    "message": Words("내용", "Message"),
    "about": Words("무엇의", "About"),
    "protocol": Words("프로토콜", "Protocol"),
    "labels": Words("라벨", "Labels"),
    "owner": Words("관리하는 것", "Controlled by"),
    "owns": Words("관리되는 것", "Controls"),
    # fields beside buttons
    "field_replicas": Words("파드 수", "pods"),
    "field_key": Words("라벨의 키", "label key"),
    "field_value": Words("라벨의 값", "label value"),
    "field_port": Words("포트", "port"),
    "field_type": Words("타입", "type"),
    "field_image": Words("이미지", "image"),
    "more_actions": Words("더 하기", "More"),
    # all objects
    "all_objects": Words("모든 객체", "All objects"),
    "all_objects_text": Words(
        "그림에 없는 것까지, 이 클러스터에 있는 모든 객체입니다.",
        "Everything in this cluster, also what the stage does not draw.",
    ),
    "system_objects": Words("시스템의 것", "The system's"),
    "about_lab": Words("이 시나리오", "This scenario"),
    "cluster_actions": Words("클러스터에 하기", "With the cluster"),
    "thing_gone": Words("이 객체는 이제 없습니다.", "This object is gone."),
    # YAML
    "edit": Words("YAML 고치기", "Edit YAML"),
    "save": Words("저장", "Save"),
    "apply_more": Words("YAML 더하기 (kubectl apply)", "Apply YAML"),
    "apply_help": Words(
        "객체를 붙여 넣거나 파일을 고르세요(2 MB까지). 진짜 클러스터의 덤프도 받습니다: kubectl get all,ingress,ingressclass,endpoints,endpointslices,nodes -A -o yaml",
        "Paste objects or choose a file (up to 2 MB). The dump of a real cluster is taken too: kubectl get all,ingress,ingressclass,endpoints,endpointslices,nodes -A -o yaml",
    ),
    "apply_do": Words("적용", "Apply"),
    "file": Words("파일", "File"),
    "export": Words("YAML로 내보내기", "Export as YAML"),
    "export_kubectl": Words("kubectl용", "For kubectl"),
    "export_kubeviz": Words("kubeviz용 (방화벽 포함)", "For kubeviz (with firewall)"),
    "at_line": Words("{line}번째 줄", "line {line}"),
}
