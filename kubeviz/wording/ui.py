"""The words of the page itself, Korean and English side by side. Sentences about packets are in `reasons`."""

from typing import NamedTuple


class Words(NamedTuple):
    ko: str
    en: str


UI: dict[str, Words] = {
    # Around the page
    "skip_to_content": Words("본문으로 건너뛰기", "Skip to content"),
    "language": Words("언어", "Language"),
    "theme": Words("밝게 · 어둡게", "Light or dark"),
    "scenarios": Words("시나리오", "Scenarios"),
    "scenario": Words("시나리오", "Scenario"),
    "scenarios_text": Words(
        "하나를 열면 여러분만의 클러스터가 생깁니다. 마음껏 망가뜨려도 됩니다.",
        "Open one and get a cluster of your own. Break it as you like.",
    ),
    "no_scenarios": Words("아직 시나리오가 없습니다.", "There are no scenarios yet."),
    "open": Words("열기", "Open"),
    "undo": Words("되돌리기", "Undo"),
    "redo": Words("다시 하기", "Redo"),
    "undo_help": Words("내가 방금 한 일을 되돌립니다", "Take back what I did last"),
    "redo_help": Words("되돌린 일을 다시 합니다", "Do again what I took back"),
    "live_connecting": Words("연결하는 중", "Connecting"),
    "live_open": Words("실시간", "Live"),
    "live_reconnecting": Words("다시 연결하는 중…", "Reconnecting…"),
    "live_gone": Words("실습실이 닫혔습니다", "Lab closed"),
    "namespaces": Words("네임스페이스", "Namespaces"),
    "loading": Words("클러스터를 그리는 중…", "Drawing the cluster…"),
    # Pages that say no
    "gone": Words("이 실습실은 이제 없습니다", "This lab is gone"),
    "gone_text": Words(
        "오래 쓰지 않은 실습실은 지워집니다. 새로 열면 처음 모습 그대로 시작합니다.",
        "Labs that nobody uses for long are cleared. A new one starts as this one did.",
    ),
    "open_new": Words("새로 열기", "Open a new one"),
    "not_found": Words("그런 주소는 없습니다", "There is nothing at this address"),
    "not_found_text": Words(
        "주소가 잘못되었거나, 이 실습실이 여러분의 것이 아닙니다.",
        "The address is mistyped, or this lab is not yours.",
    ),
    "broken": Words("저희 쪽에서 문제가 생겼습니다", "Something broke on our side"),
    "broken_text": Words("잠시 뒤에 다시 해 보세요.", "Please try again in a moment."),
    "to_snackbar": Words("스낵바로 가기", "To the snackbar"),
    "failed": Words("하지 못했습니다.", "That did not work."),
    "offline": Words(
        "서버에 닿지 않습니다. 연결을 확인해 주세요.", "The server cannot be reached. Check the connection."
    ),
    # Send bar
    "send_a_request": Words("요청 보내기", "Send a request"),
    "from_where": Words("어디에서", "From where"),
    "method": Words("메서드", "Method"),
    "address": Words("주소", "Address"),
    "times": Words("몇 번", "Times"),
    "send": Words("보내기", "Send"),
    "examples": Words("예시", "Examples"),
    # Stage
    "stage": Words("무대: 클러스터 그림", "Stage: the cluster drawn"),
    "stage_help": Words(
        "화살표 키로 옮겨 다니고 Enter로 고릅니다. 같은 내용이 아래 ‘표로 보기’에 있습니다.",
        "Move with the arrow keys, choose with Enter. The tables below hold the same content.",
    ),
    "stage_tools": Words("그림 도구", "Stage tools"),
    "stage_empty": Words("아직 아무것도 없습니다", "Nothing here yet"),
    "stage_empty_text": Words(
        "이 클러스터에는 그릴 것이 없습니다. 시나리오를 하나 열어 보세요.",
        "This cluster has nothing to draw. Open a scenario.",
    ),
    "too_many": Words("요소가 400개를 넘어 표로 보여 드립니다.", "More than 400 elements: shown as tables."),
    "system_things": Words("시스템", "System"),
    "zoom_in": Words("크게", "Zoom in"),
    "zoom_out": Words("작게", "Zoom out"),
    "fit": Words("화면에 맞추기", "Fit"),
    "lane_outside": Words("바깥", "Outside"),
    "lane_entrance": Words("입구", "Entrances"),
    "lane_ingress": Words("인그레스", "Ingress"),
    "lane_service": Words("서비스", "Services"),
    "lane_node": Words("노드와 파드", "Nodes and pods"),
    "unscheduled": Words("자리를 기다리는 파드", "Waiting for a node"),
    "client_internet": Words("손님", "Customer"),
    "client_vpc": Words("같은 네트워크", "Same network"),
    "client_laptop": Words("내 노트북", "My laptop"),
    "firewall_open": Words("방화벽 열림", "Firewall open"),
    "firewall_closed": Words("방화벽 닫힘", "Firewall closed"),
    "firewall_allows": Words("방화벽 허용", "Firewall allows"),
    "pending": Words("기다리는 중", "pending"),
    "more_pods": Words("파드 {count}개", "{count} pods"),
    "open_stack": Words("펼치기", "Open"),
    "state_ready": Words("준비됨", "Ready"),
    "state_ok": Words("정상", "OK"),
    "state_unready": Words("준비 안 됨", "Not ready"),
    "state_pending": Words("시작하는 중", "Starting"),
    "state_crash": Words("계속 죽음", "Crashing"),
    "state_terminating": Words("끝나는 중", "Terminating"),
    "state_done": Words("끝남", "Done"),
    "state_down": Words("꺼짐", "Down"),
    "state_notready": Words("NotReady · 응답 없음", "NotReady · no answer"),
    "state_cordoned": Words("새 파드 안 받음", "Cordoned"),
    "state_empty": Words("엔드포인트 없음", "No endpoints"),
    "state_ignored": Words("아무도 따르지 않음", "Nobody obeys it"),
    "state_external": Words("바깥 이름", "Outside name"),
    "ready": Words("준비됨", "ready"),
    "notReady": Words("준비 안 됨", "not ready"),
    # Timeline
    "timeline": Words("여정", "Journey"),
    "timeline_empty": Words(
        "위에서 요청을 보내면, 패킷이 왜 그리로 갔는지 한 걸음씩 여기에 적힙니다.",
        "Send a request above: here it says, step by step, why the packet went where it went.",
    ),
    "link": Words("링크", "Link"),
    "copy_curl": Words("curl 복사", "Copy as curl"),
    "copy": Words("복사", "Copy"),
    "copied": Words("복사했습니다", "Copied"),
    "player": Words("재생", "Player"),
    "to_start": Words("처음으로", "To the start"),
    "step_back": Words("한 걸음 뒤로", "One step back"),
    "step_forward": Words("한 걸음 앞으로", "One step forward"),
    "play": Words("재생", "Play"),
    "pause": Words("멈춤", "Pause"),
    "speed": Words("빠르기", "Speed"),
    "view": Words("보는 법", "View"),
    "view_taught": Words("배운 대로", "Taught"),
    "view_packet": Words("패킷 그대로", "Packet"),
    "view_taught_help": Words(
        "NodePort → Service → Pod: 배운 순서", "NodePort → Service → Pod: the chain as taught"
    ),
    "view_packet_help": Words("패킷이 실제로 간 길", "The way the packet really went"),
    "go_to_hop": Words("이 걸음 보기:", "Show this hop:"),
    "not_taken": Words("고르지 않음:", "Not taken:"),
    "reply": Words("응답", "Reply"),
    "seen_source": Words("파드가 본 출발지", "The pod saw it come from"),
    "to": Words("목적지", "To"),
    "from": Words("출발지", "From"),
    "share": Words("파드별 몫", "Share per pod"),
    "share_other": Words("응답 없음", "No answer"),
    "one_request": Words("요청 하나의 여정", "The journey of one request"),
    "watch_in_lab": Words("그림에서 보기", "Watch it on the stage"),
    "show_field": Words("어느 필드 때문인지 보기", "Show me the field"),
    # Inspector
    "inspector_empty": Words(
        "그림에서 무엇이든 누르면 여기에서 들여다볼 수 있습니다.",
        "Press anything on the stage to look into it here.",
    ),
    "simplified": Words("강의가 줄여 말한 것:", "Where the lecture simplifies:"),
    "reset": Words("처음부터", "Start over"),
    "close": Words("닫기", "Close"),
    "endpoints": Words("엔드포인트", "Endpoints"),
    "do": Words("하기", "Do"),
    "same_command": Words("같은 명령:", "The same as:"),
    "did": Words("했습니다:", "Done:"),
    "events": Words("이벤트", "Events"),
    "lesson": Words("수업", "Lesson"),
    # Twin: the stage as tables
    "twin": Words("표로 보기", "As tables"),
    "actions": Words("하기", "Actions"),
    "name": Words("이름", "Name"),
    "state": Words("상태", "State"),
    "address_ip": Words("주소", "Address"),
    "ports": Words("포트", "Ports"),
    "kind_type": Words("타입", "Type"),
    "selector": Words("셀렉터", "Selector"),
    "on_node": Words("노드", "Node"),
    "rules": Words("규칙", "Rules"),
    "service": Words("서비스", "Service"),
    "client": Words("클라이언트", "Clients"),
    "firewall": Words("방화벽", "Firewall"),
    "balancer": Words("로드 밸런서", "Load balancers"),
    "nodeport": Words("노드 포트", "Node ports"),
    "ingress": Words("인그레스", "Ingress"),
    "controller": Words("인그레스 컨트롤러", "Ingress controller"),
    "node": Words("노드", "Nodes"),
    "pod": Words("파드", "Pods"),
    # The first minute
    "first_minute": Words("처음 1분", "The first minute"),
    "skip": Words("건너뛰기", "Skip"),
    "next": Words("다음", "Next"),
    "order_snack": Words("간식 주문하기", "Order a snack"),
    "order_again": Words("다시 주문하기", "Order again"),
    "dare_welcome": Words(
        "여기는 쿠버네티스 위에서 돌아가는 스낵바입니다. 주문 하나를 넣고, 어디로 가는지 지켜보세요.",
        "This is a snackbar running on Kubernetes. Order something and watch where it goes.",
    ),
    "dare_delete": Words(
        "방금 대답한 파드는 {pod}입니다. 이 파드를 지우면, 그래도 주문이 될까요?",
        "The pod that answered is {pod}. Delete it: will ordering still work?",
    ),
    "delete_this_pod": Words("이 파드 지우기", "Delete this pod"),
    "dare_new_pod": Words(
        "새 파드가 태어났고 IP도 새것입니다: {ip}. 서비스의 주소는 그대로입니다. 다시 주문해 보세요.",
        "A new pod was born, with a new IP: {ip}. The Service kept its address. Order again.",
    ),
    "dare_waiting": Words(
        "파드가 사라지고, 디플로이먼트가 빈자리를 채우는 중입니다…",
        "The pod goes, and its Deployment fills the gap…",
    ),
    "dare_selector": Words(
        "됩니다! 손님은 아무것도 몰랐습니다. 이번에는 서비스의 셀렉터에 오타를 내 볼까요?",
        "It works! The customer never noticed. Now put a typo into the Service's selector.",
    ),
    "break_selector": Words("셀렉터 망가뜨리기", "Break the selector"),
    "dare_broken": Words(
        "서비스는 그대로 있지만, 이제 아무 파드도 고르지 못합니다. 주문해 보세요.",
        "The Service is still there, but it selects no pod any more. Order.",
    ),
    "dare_refused": Words(
        "빨간 곳에서 멈췄습니다. 왜 그럴까요?",
        "It stopped at the red mark. Why?",
    ),
    "mend_selector": Words("고치기", "Mend it"),
    "dare_mended": Words(
        "고쳤습니다. 이제 이 스낵바는 여러분 것입니다: 무엇이든 누르고, 보내고, 망가뜨려 보세요.",
        "Mended. The snackbar is yours now: press, send and break whatever you like.",
    ),
    "finish": Words("마음대로 해 보기", "Explore"),
}


def ui(key: str, language: str) -> str:
    """The words for *key*; a key that nobody wrote is an error, so that no page shows one."""
    return UI[key].ko if language == "ko" else UI[key].en
