"""The fidelity page: every rule with its source, in both languages; each step of a journey links to its rule."""

import pytest

from kubeviz.wording.fidelity import RULES


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_tells_every_rule(client, language):
    html = client.get("/fidelity/", headers={"accept-language": language}).content.decode()
    assert [rule.id for rule in RULES if f'id="{rule.id}"' not in html] == []
    assert RULES[0].said(language)[0].partition(".")[0] in html
