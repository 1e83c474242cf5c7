"""What kubeviz itself says in the terminal, beside what the real programs print."""

import string
from typing import Any, NamedTuple

from .korean import with_particle


class Words(NamedTuple):
    ko: str
    en: str


NOTES: dict[str, Words] = {
    # What was mistyped
    "DidYouMean": Words("혹시 {word}?", "Did you mean {word}?"),
    "DidYouMeanFile": Words("혹시 {file}?", "Did you mean {file}?"),
    "NotHere": Words("{word:은/는} 여기({place})에는 없습니다. exit로 나가서 쳐 보세요.", "{word} is not in this place ({place}). Leave with exit and try it there."),
    "OneFolder": Words("여기에는 폴더가 하나뿐입니다. ls로 파일을 보세요.", "There is one folder here. See its files with ls."),
    "NoEditor": Words("{word} 대신, 물체를 눌러 YAML 편집기에서 고치거나 cat <<EOF > 파일 로 쓰세요.", "Instead of {word}, click an object and edit its YAML there, or write with cat <<EOF > FILE."),
    "NoScreen": Words("{word:은/는} 화면 전체를 쓰는 프로그램이라 여기에는 없습니다.", "{word} takes the whole screen and is not here."),
    "Help": Words("여기서 쓸 수 있는 명령: {words}", "Commands you can use here: {words}"),
    "NotSimulated": Words("{option:은/는} 진짜 있는 옵션이지만 kubeviz가 흉내 내지 않습니다.", "{option} is real, but kubeviz does not simulate it."),
    "SedSubset": Words("여기의 sed는 s, d, p, q, =만 압니다.", "This sed knows s, d, p, q and = only."),
    "AwkSubset": Words("여기의 awk는 무늬, print, printf, 필드와 계산만 압니다.", "This awk knows patterns, print, printf, fields and arithmetic only."),
    # Requests
    "Why": Words("왜? {reason}", "Why? {reason}"),
    "PortInsideName": Words("포트는 이름 전체의 뒤에 씁니다: curl {right}", "The port goes behind the whole name: curl {right}"),
    "NoPortInName": Words("이름을 물을 때는 포트를 쓰지 않습니다: nslookup {name}", "A name is asked for without a port: nslookup {name}"),
    "NamesInsideOnly": Words("{name} 같은 서비스 이름은 파드 안에서만 풀립니다. kubectl exec로 파드에 들어가 보세요.", "A Service name such as {name} resolves inside pods only. Enter one with kubectl exec."),
    "ServiceNoPing": Words("{ip:은/는} 서비스의 주소입니다. 그 주소를 가진 기계는 없고 포트마다 규칙만 있어서, ping에는 아무도 답하지 않습니다.", "{ip} belongs to a Service: no machine has it, there are only rules for its ports, so nobody answers a ping."),
    "PolicyNoPing": Words("NetworkPolicy 때문에 {ip}에 ping이 닿지 않습니다. ports를 적은 규칙은 포트가 없는 ICMP를 통과시키지 않습니다.", "A NetworkPolicy keeps the ping from {ip}: a rule with ports lets no ICMP through, which has no ports."),
    "SelfSigned": Words("인그레스 컨트롤러의 인증서는 스스로 서명한 것입니다. 믿기로 하려면 -k를 붙이세요.", "The ingress controller's certificate is self-signed. Add -k to trust it all the same."),
    "ForwardLost": Words("port-forward가 이어 주던 파드가 사라졌습니다. port-forward는 서비스와 달리 파드 하나에만 이어집니다.", "The pod that port-forward led to is gone. Unlike a Service, port-forward leads to one pod only."),
    "NothingForwarded": Words("노트북의 {port} 포트에서는 아무것도 듣고 있지 않습니다. kubectl port-forward로 이을 수 있습니다.", "Nothing listens on port {port} of the laptop. kubectl port-forward can lead it to a pod."),
    "ForwardStays": Words("진짜에서는 Ctrl-C까지 창을 차지하지만, 여기서는 뒤에서 계속 열려 있습니다. 이제 노트북에서 localhost:{port}로 보낼 수 있습니다.", "The real one keeps its window until Ctrl-C; here it stays open in the background. The laptop can now use localhost:{port}."),
    "EditOnPage": Words("이 터미널에는 편집기가 없습니다. 페이지의 정보 창에서 {name}의 YAML을 열어 고치거나, kubectl get {name} -o yaml > {file} 뒤에 고쳐서 kubectl apply -f {file}", "There is no editor in this terminal. Open the YAML of {name} in the page's inspector; or kubectl get {name} -o yaml > {file}, change it, kubectl apply -f {file}"),
    # Places
    "PodGone": Words("들어가 있던 파드가 사라졌습니다. 노트북으로 돌아왔습니다.", "The pod you were in is gone. You are back where you came from."),
    "OtherProvider": Words("이 실습의 클러스터는 {program:이/가} 다루는 곳에 있지 않습니다.", "This lab's cluster does not stand where {program} works."),
    "TunnelStays": Words("진짜에서는 Ctrl-C까지 창을 차지하지만, 여기서는 뒤에서 계속 열려 있습니다. 닫기: minikube tunnel --cleanup", "The real one keeps its window until Ctrl-C; here it stays open in the background. Close it: minikube tunnel --cleanup"),
    "TunnelClosed": Words("터널을 닫았습니다.", "The tunnel is closed."),
    "NoNodePort": Words("{service:은/는} ClusterIP라 밖으로 난 문이 없습니다. kubectl port-forward svc/{service} -n {namespace} 8080:80 을 써 보세요.", "{service} is a ClusterIP Service and has no door to the outside. Try kubectl port-forward svc/{service} -n {namespace} 8080:80."),
    # Limits
    "TooLong": Words("명령이 {most}초를 넘어 멈췄습니다.", "Stopped: a command may take {most} seconds."),
    "TooManyTurns": Words("반복이 {most}번을 넘어 멈췄습니다.", "Stopped: a command may loop {most} times."),
    "TooManyRequests": Words("한 줄에서 보낼 수 있는 요청은 {most}번까지입니다.", "Stopped: a line may send {most} requests."),
    "TooMuchOutput": Words("출력이 너무 길어 멈췄습니다.", "Stopped: too much output."),
    "TooMuchText": Words("값이나 파일이 너무 길어 멈췄습니다.", "Stopped: a value or a file grew too long."),
    "TooDeep": Words("명령 속의 명령이 너무 깊습니다.", "Too many commands within each other."),
    "LineTooLong": Words("한 줄은 {most}자까지입니다.", "A line may have {most} characters."),
    # The screen
    "Clear": Words("", ""),
}  # fmt: skip
PLACES = {"laptop": Words("노트북", "the laptop"), "node": Words("노드", "a node"), "pod": Words("파드", "a pod")}


class _Words(string.Formatter):
    def format_field(self, value: Any, spec: str) -> str:
        return with_particle(str(value), spec) if spec else str(value)


_FORMATTER = _Words()


def note(code: str, params: dict[str, Any], language: str) -> str:
    """The sentence of a note; "" for those that are signals to the screen."""
    words = NOTES[code]
    shown = {name: _shown(name, value, language) for name, value in params.items()}
    return _FORMATTER.vformat(words.ko if language == "ko" else words.en, (), shown)


def _shown(name: str, value: Any, language: str) -> str:
    korean = language == "ko"
    if name == "place" and value in PLACES:
        return PLACES[value].ko if korean else PLACES[value].en
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) and name == "most" else str(value)
