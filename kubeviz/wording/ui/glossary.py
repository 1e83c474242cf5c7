"""Words of the glossary."""

from .words import Words

WORDS: dict[str, Words] = {
    "glossary": Words("낱말 풀이", "Glossary"),
    "glossary_text": Words(
        "쿠버네티스 네트워크의 낱말을 두세 문장으로 풉니다. 그림과 여정에서 점선이 그어진 말을 누르면 같은 풀이가 나옵니다.",
        "The words of Kubernetes networking, two or three sentences each. Press a dotted word on the page to see the same.",
    ),
    "glossary_all": Words("모든 낱말", "All words"),
}
