"""Packs from strangers: every mistake at its line, and nothing but scenarios, lessons and exercises."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kubeviz.lessons.packs import MOST_BYTES, PackError, read, write

GOOD = textwrap.dedent("""
    - model: kubeviz.scenario
      fields:
        slug: stand
        title_ko: 가판대
        manifests: |
          apiVersion: v1
          kind: Service
          metadata: {name: tea}
          spec: {ports: [{port: 80}]}
    - model: kubeviz.exercise
      fields:
        slug: find-tea
        title_ko: 차 찾기
        scenario: [stand]
        checks:
        - {check: endpoints, service: tea, pods: none}
        solution: []
    """).lstrip()


def mistakes(text: str) -> list[tuple[int, str]]:
    with pytest.raises(PackError) as caught:
        read(text)
    return [(m.line, m.field) for m in caught.value.mistakes]


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_good_pack_is_read() -> None:
    pack = read(GOOD)
    assert [s.slug for s in pack.scenarios] == ["stand"]
    assert [e.slug for e in pack.exercises] == ["find-tea"]
    assert read(write(pack)) == pack


ROWS = [
    ("another model", changed("kubeviz.exercise", "auth.user"), [(10, "model")]),
    ("a model that is near", changed("kubeviz.exercise", "kubeviz.lab"), [(10, "model")]),
    ("a primary key", changed("- model: kubeviz.exercise", "- pk: 1\n  model: kubeviz.exercise"), [(10, "pk")]),
    ("an owner", changed("slug: stand", "slug: stand\n    owner: 1"), [(4, "owner")]),
    ("a state", changed("slug: stand", "slug: stand\n    state: published"), [(4, "state")]),
    ("a slug that is none", changed("slug: stand", "slug: ../../etc"), [(3, "slug")]),
    ("a title that is a number", changed("title_ko: 가판대", "title_ko: 7"), [(4, "title_ko")]),
    ("a scenario that is nowhere", changed("scenario: [stand]", "scenario: [elsewhere]"), [(14, "scenario")]),
    ("an unknown check", changed("check: endpoints", "check: magic"), [(16, "checks[0].check")]),
    ("an unknown field of a check", changed("pods: none", "pods: none, colour: red"), [(16, "checks[0].colour")]),
    ("two mistakes, both told", changed("- {check: endpoints, service: tea, pods: none}", "- {check: endpoints}\n    - {check: dns}"), [(16, "checks[0].service"), (17, "checks[1].from")]),
    ("mistakes everywhere, all told", changed("title_ko: 차 찾기", "title_ko: 7\n    points: many\n    colour: red").replace("pods: none", "pods: 7"), [(13, "title_ko"), (14, "points"), (15, "colour"), (18, "checks[0].pods")]),
    ("a manifest's own mistake", changed("{name: tea}", "{name: Tea}"), [(8, "manifests")]),
    ("a manifest that is no YAML", changed("spec: {ports", "spec: {{ports"), [(10, "manifests")]),
    ("an unknown step", changed("solution: []", "solution: [{do: shell, line: rm}]"), [(17, "solution[0].do")]),
    ("an answer to no question", changed("solution: []", "solution: [{do: answer, check: q, value: a}]"), [(17, "solution[0].check")]),
    ("a slug twice", GOOD + GOOD.split("- model: kubeviz.exercise")[0], [(20, "slug")]),
    ("a key twice", changed("slug: stand", "slug: stand\n    slug: stall"), [(4, "[0].fields.slug")]),
    ("no list", "a: b", [(1, "")]),
    ("nothing", "", [(1, "")]),
    ("no YAML", "- {", [(2, "")]),
    ("several documents", f"{GOOD}---\n{GOOD}", [(1, "")]),
    ("a tag that makes objects", "- !!python/object/apply:os.system [ls]", [(1, "")]),
    ("a bomb", "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(8)), None),
    ("nested too deep", "[" * 200 + "]" * 200, None),
    ("too large", "#" * (MOST_BYTES + 1), [(1, "")]),
    ("a pattern of exponential cost", changed("check: endpoints, service: tea, pods: none", "check: command, pattern: '(a+)+$'"), []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_a_mistake_is_told_with_its_line(text: str, wanted: list[tuple[int, str]] | None) -> None:
    if wanted == []:
        assert read(text).exercises
    elif wanted is None:
        assert mistakes(text)
    else:
        assert mistakes(text) == wanted


@settings(max_examples=150)
@given(st.lists(st.sampled_from([*"-:[]{}&*!|>'\"\n ", "model", "fields", "kubeviz.exercise", "checks", "&a", "*a"])))
def test_whatever_is_uploaded_is_read_or_refused(pieces: list[str]) -> None:
    try:
        read("".join(pieces))
    except PackError as error:
        assert all(m.line >= 1 and m.message for m in error.mistakes)
