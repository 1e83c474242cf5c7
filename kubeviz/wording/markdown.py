"""Markdown of authors as HTML that can do no harm: markup in it stays text, links go to the web or to our own pages."""

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def to_html(text: str) -> str:
    """Whatever the parser makes of it, nh3 (the Ammonia library) lets only TAGS through, and no script, style or
    event handler; a link outside tells the other site nothing about ours."""
    return nh3.clean(
        _PARSER.render(text),
        tags=TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
    )
