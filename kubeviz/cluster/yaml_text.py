"""Objects as YAML, the way kubectl prints them."""

import json
from typing import Any

import yaml

WHOLE_LINES = 1 << 20


def to_yaml(body: Any, width: int = WHOLE_LINES) -> str:
    """Keys sorted, lists not indented below their key, strings quoted only where they must be.

    *width*: where long texts are folded; kubectl folds them at 80.
    """
    plain = json.loads(json.dumps(body))
    return yaml.dump(plain, Dumper=_Dumper, sort_keys=True, allow_unicode=True, width=width, default_flow_style=False)


class _Dumper(yaml.SafeDumper):
    """Several lines stand as a block; no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> Any:
    style = "|" if "\n" in value else '"' if _needs_quotes(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _needs_quotes(value: str) -> bool:
    return yaml.resolver.Resolver().resolve(yaml.ScalarNode, value, (True, False)) != "tag:yaml.org,2002:str"


_Dumper.add_representer(str, _text)
