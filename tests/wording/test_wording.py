"""Every code that the engine can speak has words in both languages."""

import ast
import string
from pathlib import Path

import pytest

import kubeviz.engine
from kubeviz.engine.reasons import ENDINGS
from kubeviz.wording import BECAUSE, LANGUAGES, NOTES, REASONS, VERDICTS, say
from kubeviz.wording.korean import with_particle
from kubeviz.wording.ui import PARTS
from tests.clusters import app, build, send, service

SOURCES = sorted(Path(kubeviz.engine.__file__).parent.rglob("*.py"))


def spoken(call: str, position: int) -> set[str]:
    """The constant codes given to calls of *call* anywhere in the engine."""
    found = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == call:
                arguments = [*node.args, *(k.value for k in node.keywords if k.arg == "note")]
                found |= {
                    n.value
                    for a in arguments[position : position + 1]
                    for n in ast.walk(a)
                    if isinstance(n, ast.Constant) and isinstance(n.value, str)
                }
    return {code for code in found if code[:1].isupper()}


def test_every_reason_has_korean_and_english():
    codes = spoken("Step", 0) | spoken("stop", 0) | set(ENDINGS)
    assert codes - set(REASONS) == set()
    assert all(all(words) for words in REASONS.values())


def test_every_candidate_says_why_not():
    assert spoken("Candidate", 2) - set(BECAUSE) == set()


def test_every_ending_has_a_verdict_with_words():
    assert {ending.verdict for ending in ENDINGS.values()} <= set(VERDICTS)


def test_both_languages_name_the_same_parameters():
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    known = {"NodePortOpen", "EndpointChosen"}
    for code, words in REASONS.items():
        assert names(words.ko) == names(words.en) or code in known, code


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("ķę", "은/는", "ķę는"),
        ("파드", "은/는", "파드는"),
        ("노드 셋", "은/는", "노드 셋은"),
        ("order", "이/가", "order가"),
        ("payment", "을/를", "payment를"),
        ("service", "이/가", "service가"),
        ("nginx", "이/가", "nginx가"),
        ("web", "이/가", "web이"),
        ("api", "이/가", "api가"),
        ("db", "이/가", "db가"),
        ("mongodb", "은/는", "mongodb는"),
        ("frontend", "이/가", "frontend가"),
        ("redis", "이/가", "redis가"),
        ("cart", "이/가", "cart가"),
        ("shop", "이/가", "shop이"),
        ("snackbar", "이/가", "snackbar가"),
        ("checkout", "은/는", "checkout은"),
        ("market", "은/는", "market은"),
        ("root", "은/는", "root는"),
        ("table", "으로/로", "table로"),
        ("engine", "은/는", "engine은"),
        ("traffic", "은/는", "traffic은"),
        ("hook", "은/는", "hook은"),
        ("network", "은/는", "network는"),
        ("ReplicaSet", "은/는", "ReplicaSet은"),
        ("ClusterIP", "은/는", "ClusterIP는"),
        ("ExternalName", "은/는", "ExternalName은"),
        ("YAML", "으로/로", "YAML로"),
        ("order.fast-snackbar.com", "이라는/라는", "order.fast-snackbar.com이라는"),
        ("order-7954c88f5b-kqnf4", "이/가", "order-7954c88f5b-kqnf4가"),
        ("order-7954c88f5b-kqnfn", "이/가", "order-7954c88f5b-kqnfn이"),
        ("order-7954c88f5b-kqnfr", "으로/로", "order-7954c88f5b-kqnfr로"),
        ("web2", "은/는", "web2는"),
        ("/", "은/는", "/는"),
        ("node-1", "으로/로", "node-1로"),
        ("80", "으로/로", "80으로"),
        ("서울", "으로/로", "서울로"),
        ("10.244.1.5:8080", "을/를", "10.244.1.5:8080을"),
    ],
)
def test_particles_follow_the_sound_of_the_word(word, pair, expected):
    assert with_particle(word, pair) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trace_is_told_hop_by_hop(language):
    cluster = build(
        app("order", replicas=2)
        + service(
            "order",
            "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]",
        )
    )
    found = send(cluster, "http://203.0.113.12:30080/").to_dict()
    said = say(found, language)
    assert len(said["hops"]) == len(found["hops"])
    assert all(
        step["text"] and "{" not in step["text"] and step["why"] for hop in said["hops"] for step in hop["steps"]
    )
    assert [c["name"] for c in said["hops"][2]["steps"][0]["candidates"]]


def test_notes_have_words():
    assert all(ko and en for ko, en in NOTES.values())


def test_a_word_of_the_page_is_written_in_one_part_only():
    keys = [key for part in PARTS for key in part.WORDS]
    assert [key for key in set(keys) if keys.count(key) > 1] == []
