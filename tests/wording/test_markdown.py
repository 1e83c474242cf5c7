"""Markdown of strangers: what is written for people stays, what would act in a browser does not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubeviz.wording.markdown import TAGS, to_html

KEPT = [
    ("emphasis", "**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>\n"),
    ("a list", "- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
    ("a link into the course", "[a](/lessons/dns/)", '<p><a href="/lessons/dns/" rel="noopener noreferrer nofollow">a</a></p>\n'),
    ("code with markup", "`<b>`", "<p><code>&lt;b&gt;</code></p>\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "html"), [row[1:] for row in KEPT], ids=[row[0] for row in KEPT])
def test_what_authors_write_is_kept(text: str, html: str) -> None:
    assert to_html(text) == html


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&#58;alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "![a](http://elsewhere/pixel.png)",
    '[a](http://x "onmouseover=alert(1)")',
    "<a href='/' onclick='alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    "<style>body{display:none}</style>",
    "<iframe src='//x'></iframe>",
    "`````\n</code></pre><script>alert(1)</script>",
    "| <b onclick=x> |\n|---|\n| <form action=//x><button> |",
    "<!-- --><math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_would_act_is_taken_out(text: str) -> None:
    harmless(to_html(text))


@given(st.lists(st.sampled_from([*"<>\"'=&;:/()[]!`|-\n x", "script", "onload", "javascript:", "href", "svg"])))
def test_whatever_is_written_does_no_harm(pieces: list[str]) -> None:
    harmless(to_html("".join(pieces)))


def harmless(html: str) -> None:
    for tag, attributes in re.findall(r"</?([a-zA-Z0-9]+)((?:\s[^<>]*)?)/?>", html):
        assert tag in TAGS
        names = set(re.findall(r'\s([a-zA-Z-]+)="', attributes))
        assert names <= {"href", "title", "rel"}
        for target in re.findall(r'href="([^"]*)"', attributes):
            assert re.match(r"(https?:|[^:]*$)", target), target
