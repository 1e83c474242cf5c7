"""Words wrapped as Go's wordwrap does: spaces inside a line stay as many as they are."""


def wrapped(text: str, width: int) -> str:
    return "\n".join(_line(line, width) for line in text.split("\n"))


def _line(line: str, width: int) -> str:
    out, current, spaces = "", 0, ""
    for word, after in _words(line):
        # A word that is longer than a line begins a new one, and runs over.
        if current + len(spaces) + len(word) > width and current + len(spaces) > 1:
            out, current, spaces = out + "\n", 0, ""
        out += spaces + word
        current += len(spaces) + len(word)
        spaces = after
    return out + (spaces if current + len(spaces) <= width else "")


def _words(line: str) -> list[tuple[str, str]]:
    """Each word with the spaces after it; spaces at the beginning belong to an empty word."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(line):
        end = at
        while end < len(line) and not line[end].isspace():
            end += 1
        after = end
        while after < len(line) and line[after].isspace():
            after += 1
        found.append((line[at:end], line[end:after]))
        at = after
    return found


def indented(text: str, spaces: int) -> str:
    """Every line, an empty one too."""
    return "\n".join(" " * spaces + line for line in text.split("\n"))
