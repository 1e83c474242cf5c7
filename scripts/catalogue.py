"""Writes the catalogue of checks, steps, hints and faults into docs/authoring.md and docs/authoring.ko.md.

    python -m scripts.catalogue

It is made from the schema, the examples and the words of the author's desk; a test says when it is out of date.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec
import yaml

from kubeviz.lessons import examples
from kubeviz.lessons.checks import AnyCheck, Check
from kubeviz.lessons.content import FaultKind, Faults, Hint
from kubeviz.lessons.packs import Preset
from kubeviz.lessons.steps import AnyStep, Step
from kubeviz.wording.ui import UI, ui

DOCS = Path(__file__).resolve().parents[1] / "docs"
FILES = {"en": DOCS / "authoring.md", "ko": DOCS / "authoring.ko.md"}
PLACE = re.compile(r"(?<=<!-- catalogue -->\n).*?(?=<!-- /catalogue -->)", re.DOTALL)
TEXT = {
    "checks": ("확인 (`check:`)", "Checks (`check:`)"),
    "every_check": (
        "어떤 확인에나 쓸 수 있는 필드: `id`(물음의 답과 결과가 이 이름으로 적힙니다), `weight`(무게, 없으면 1), "
        "`title_ko`, `title_en`(없으면 확인할 내용이 제목이 됩니다).",
        "Every check may have `id` (by which answers and results name it), `weight` (1 without it), `title_ko` and "
        "`title_en` (without them the check itself is the title).",
    ),
    "steps": ("걸음 (`do:`)", "Steps (`do:`)"),
    "every_step": (
        "`start`, `solution`, `after`에 씁니다. 어떤 걸음에나 `say_ko`, `say_en`을 붙일 수 있고, 풀이를 보여 줄 때 "
        "나옵니다.",
        "For `start`, `solution` and `after`. Every step may have `say_ko` and `say_en`, said when the solution is "
        "shown.",
    ),
    "hints": ("힌트 (`hints`)", "Hints (`hints`)"),
    "presets": (
        "보낼 만한 요청 (`presets`, 강의에서는 `watch`)",
        "Requests worth sending (`presets`; in a lesson `watch`)",
    ),
    "faults": ("고장 (`faults`)", "Faults (`faults`)"),
    "head": ("| 필드 | 뜻 | 없으면 |", "| field | what | without it |"),
    "needed": ("꼭 적습니다", "needed"),
    "kinds": ("`from`에 쓸 수 있는 고장:", "Kinds for `from`:"),
}


def catalogue(language: str) -> str:
    return "\n".join(_lines(language)) + "\n"


def _lines(language: str) -> Iterator[str]:
    yield from _registry("checks", "every_check", get_args(AnyCheck), Check, examples.CHECKS, language)
    yield from _registry("steps", "every_step", get_args(AnyStep), Step, examples.STEPS, language)
    for name, struct, example in (("hints", Hint, examples.HINT), ("presets", Preset, examples.PRESET)):
        yield from ("", f"## {_text(name, language)}", "")
        yield from _table(struct, set(), language)
        yield from _example([example])
    yield from ("", f"## {_text('faults', language)}", "", ui("help_faults", language), "")
    yield from _table(Faults, set(), language)
    yield from _example({"faults": examples.FAULTS})
    yield from ("", _text("kinds", language), "")
    yield from (f"- `{kind}`: {ui(f'fault_{kind}', language)}" for kind in get_args(FaultKind))


def _registry(name: str, every: str, types: Any, base: Any, shown: dict[str, Any], language: str) -> Iterator[str]:
    common = {f.encode_name for f in msgspec.structs.fields(base)}
    yield from ("", f"## {_text(name, language)}", "", _text(every, language))
    for struct in types:
        tag = struct.__struct_config__.tag
        yield from ("", f"### `{tag}`: {ui(f'type_{tag}', language)}", "", ui(f"about_{tag}", language), "")
        yield from _table(struct, common, language)
        yield from _example([shown[tag]])


def _table(struct: Any, common: set[str], language: str) -> Iterator[str]:
    fields = [f for f in msgspec.structs.fields(struct) if f.encode_name not in common]
    if fields:
        yield from (_text("head", language), "|---|---|---|")
    for field in fields:
        name = field.encode_name
        if not name.endswith("_en"):
            names = f"`{name}`, `{name[:-3]}_en`" if name.endswith("_ko") else f"`{name}`"
            yield f"| {names} | {_what(field, language)} | {_without(field, language)} |"


def _what(field: Any, language: str) -> str:
    name = field.encode_name.removesuffix("_ko")
    how = ui(f"how_{name}", language) if f"how_{name}" in UI else ""
    said = ui(f"write_{name}", language)
    options = ", ".join(f"`{option}`" for option in get_args(field.type)) if _literal(field.type) else ""
    return ". ".join(part.rstrip(".") for part in (said, how, options) if part).replace("|", "\\|")


def _literal(kind: Any) -> bool:
    return get_origin(kind) is not None and "Literal" in str(get_origin(kind))


def _without(field: Any, language: str) -> str:
    if field.required:
        return _text("needed", language)
    default = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
    return "" if default in ("", None, [], {}) else f"`{default}`".replace("True", "true").replace("False", "false")


def _example(value: Any) -> Iterator[str]:
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100)
    yield from ("", "```yaml", text.rstrip(), "```")


def _text(key: str, language: str) -> str:
    return TEXT[key][0 if language == "ko" else 1]


def written(language: str) -> str:
    """The document as it should be."""
    return PLACE.sub(lambda _: catalogue(language), FILES[language].read_text(encoding="utf-8"))


if __name__ == "__main__":
    for language, path in FILES.items():
        path.write_text(written(language), encoding="utf-8")
