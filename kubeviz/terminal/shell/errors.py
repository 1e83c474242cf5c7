"""What is wrong with a command line before it runs, in the words of bash and of busybox' sh."""


class SyntaxProblem(Exception):
    """`near` is the word at fault."""

    def __init__(self, near: str) -> None:
        super().__init__(near)
        self.near = near

    def said(self, shell: str) -> str:
        if shell == "sh":
            near = self.near if self.near == "newline" else f'"{self.near}"'
            return f"sh: syntax error: unexpected {near}"
        return f"bash: syntax error near unexpected token `{self.near}'"


class Unfinished(SyntaxProblem):
    """More lines are needed. `closing` is what a further line must hold (a quote, a heredoc's last line), "" if any
    line may end it."""

    def __init__(self, closing: str = "", heredoc: bool = False) -> None:
        super().__init__("end of file")
        self.closing, self.heredoc = closing, heredoc

    def said(self, shell: str) -> str:
        if self.closing and not self.heredoc:
            if shell == "sh":
                return "sh: syntax error: unterminated quoted string"
            return f"bash: unexpected EOF while looking for matching `{self.closing}'"
        return f"{shell}: syntax error: unexpected end of file"


class TooDeep(SyntaxProblem):
    """Commands within commands within commands."""

    def said(self, shell: str) -> str:
        return f"{shell}: too many commands within each other"
