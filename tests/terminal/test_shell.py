"""The shell's grammar: what a line means before any program is run."""

import pytest

from kubeviz.terminal import Session, commands, prompt, run
from tests.terminal.shells import shell, typed


@pytest.fixture
def session() -> Session:
    return shell()


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        pytest.param("echo a   b", "a b\n", id="blanks divide words"),
        pytest.param("""echo 'a  $b' "c  d" e\\ f""", "a  $b c  d e f\n", id="quotes keep blanks"),
        pytest.param('x="a  b"; echo $x "$x"', "a b a  b\n", id="an unquoted value is split"),
        pytest.param('echo "" | cat -n', "     1\t\n", id="an empty word is a word"),
        pytest.param("echo a$nothing b", "a b\n", id="a variable that is not set is nothing"),
        pytest.param("echo ${USER}s ${x:-none} ${USER:+some}", "students none some\n", id="braces"),
        pytest.param(
            "f=order-service.yaml; echo ${f%.yaml} ${f#*-} ${#f}", "order-service service.yaml 18\n", id="trims"
        ),
        pytest.param("echo $(echo a; echo b) `echo c`", "a b c\n", id="substitution"),
        pytest.param('echo "$(echo "a b")"', "a b\n", id="quotes within a substitution"),
        pytest.param("x=$(echo a); y=`echo b`; echo $x$y", "ab\n", id="what is substituted can be kept"),
        pytest.param("x=1; y=$(x=2; echo $x); echo $x$y", "12\n", id="but changes nothing outside"),
        pytest.param("echo $((2 + 3*4)) $(( (1+1)*-2 )) $((7/2)) $((1<2))", "14 -4 3 1\n", id="arithmetic"),
        pytest.param("i=1; i=$((i+1)); echo $i", "2\n", id="arithmetic with variables"),
        pytest.param("echo {1..4} x{a,b}y", "1 2 3 4 xay xby\n", id="braces make words"),
        pytest.param("echo a{b c{d,e", "a{b c{d,e\n", id="braces that do not close stand as they are"),
        pytest.param("false; echo $?", "1\n", id="exit code"),
        pytest.param("true && echo yes || echo no", "yes\n", id="and"),
        pytest.param("false && echo yes || echo no", "no\n", id="or"),
        pytest.param("! true || echo turned", "turned\n", id="not"),
        pytest.param("echo a; echo b # echo c", "a\nb\n", id="a comment ends the line"),
        pytest.param("echo a \\\n b", "a b\n", id="a backslash joins lines"),
        pytest.param("echo a | cat | cat -n", "     1\ta\n", id="pipes"),
        pytest.param("for i in 1 2 3; do echo $i; done", "1\n2\n3\n", id="for"),
        pytest.param("for i in 1 2\ndo\n echo $i\ndone", "1\n2\n", id="for over lines"),
        pytest.param(
            "for i in 1 2 3; do if false; then echo; elif true; then break; fi; done; echo $i", "1\n", id="if"
        ),
        pytest.param("i=0; while ! false; do i=$((i+1)); break; done; echo $i", "1\n", id="while"),
        pytest.param("(x=1; echo $x); echo [$x]", "1\n[]\n", id="a subshell keeps its variables to itself"),
        pytest.param("{ echo a; echo b; } | cat -n", "     1\ta\n     2\tb\n", id="a group is one command"),
        pytest.param("echo a > f; echo b >> f; cat f", "a\nb\n", id="files"),
        pytest.param(
            "cat < f 2>/dev/null || echo none", "bash: f: No such file or directory\nnone\n", id="order counts"
        ),
        pytest.param("nosuch 2>/dev/null || echo none", "none\n", id="complaints to nowhere"),
        pytest.param("zzqx 2>&1 | cat -n", "     1\tbash: zzqx: command not found\n", id="complaints into a pipe"),
        pytest.param("echo out 1>&2 2>/dev/null", "out\n", id="redirections apply from left to right"),
        pytest.param("cat <<EOF\n$USER\n  'x'\nEOF", "student\n  'x'\n", id="a heredoc expands"),
        pytest.param("cat <<'EOF'\n$USER\nEOF", "$USER\n", id="a quoted heredoc does not"),
        pytest.param("cat <<-EOF\n\t\ta\n\tEOF", "a\n", id="tabs of <<- are taken off"),
        pytest.param("cat <<A; cat <<B\n1\nA\n2\nB", "1\n2\n", id="two heredocs"),
        pytest.param("cat <<EOF | cat -n && echo after\nx\nEOF", "     1\tx\nafter\n", id="a heredoc's line goes on"),
        pytest.param("cat <<< 'a b'", "a b\n", id="here string"),
        pytest.param("printf() { x; }", "bash: syntax error near unexpected token `('\n", id="functions are not there"),
        pytest.param("echo a |", "bash: syntax error: unexpected end of file\n", id="unfinished"),
        pytest.param("a | | b", "bash: syntax error near unexpected token `|'\n", id="no command"),
        pytest.param("; a", "bash: syntax error near unexpected token `;'\n", id="nothing before"),
        pytest.param("a | ! b", "bash: syntax error near unexpected token `!'\n", id="not, inside a pipeline"),
        pytest.param("done", "bash: syntax error near unexpected token `done'\n", id="a keyword alone"),
        pytest.param('echo "a', "bash: unexpected EOF while looking for matching `\"'\n", id="open quote"),
        pytest.param("ecko", "bash: ecko: command not found\n{DidYouMean}", id="the nearest command"),
        pytest.param("./run.sh", "bash: ./run.sh: No such file or directory\n", id="a path that is none"),
        pytest.param(
            "cat /etc/resolve.conf",
            "cat: /etc/resolve.conf: No such file or directory\n{DidYouMeanFile}",
            id="the nearest file",
        ),
        pytest.param("$ echo a", "a\n", id="a prompt pasted along"),
        pytest.param("student@laptop:~$ echo a", "a\n", id="a long prompt pasted along"),
        pytest.param("sh -c 'echo $USER; exit 3'; echo $?", "student\n3\n", id="sh -c"),
        pytest.param("A=1 sh -c 'echo $A'; echo [$A]", "1\n[]\n", id="an assignment for one command"),
        pytest.param("while read a b; do echo $b.$a; done <<< '1 2 3'", "2 3.1\n", id="read"),
    ],
)
def test_a_line_means_what_it_means_in_bash(session: Session, line: str, printed: str) -> None:
    assert typed(session, line) == printed


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        pytest.param(["echo a", "echo b"], ["echo a", "echo b"], id="one a line"),
        pytest.param(["echo 'a", "b'", "c"], ["echo 'a\nb'", "c"], id="a quote"),
        pytest.param(["cat <<EOF", "a 'b", "EOF", "c"], ["cat <<EOF\na 'b\nEOF", "c"], id="a heredoc"),
        pytest.param(["cat <<-E", "\ta", "\tE"], ["cat <<-E\n\ta\n\tE"], id="a heredoc with tabs"),
        pytest.param(["for i in 1", "do", "a", "done", "b"], ["for i in 1\ndo\na\ndone", "b"], id="a loop"),
        pytest.param(["a \\", "b"], ["a \\\nb"], id="a joined line"),
        pytest.param(["a |", "b", "", "# c", "d"], ["a |\nb", "# c", "d"], id="a pipe; nothing is no command"),
        pytest.param(["x $(a", "b)"], ["x $(a\nb)"], id="a substitution"),
        pytest.param([")", "a"], [")", "a"], id="what is wrong is whole"),
        pytest.param(["cat <<EOF", "a"], ["cat <<EOF\na"], id="what never ends comes as it is"),
    ],
)
def test_lines_are_gathered_into_whole_commands(lines: list[str], whole: list[str]) -> None:
    assert list(commands(lines)) == whole


def test_a_loop_ends_after_a_thousand_turns(session: Session) -> None:
    result = run("while true; do :; done", session)
    assert ([note.code for note in result.notes], result.code) == (["TooManyTurns"], 1)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("echo " + "x" * 70_000, id="long line"),
        pytest.param("x=0123456789; for i in {1..40}; do x=$x$x; done", id="a value that doubles"),
        pytest.param("echo {1..200}{1..200}{1..200}", id="words that multiply"),
        pytest.param("(" * 500 + "echo" + ")" * 500, id="deep parentheses"),
        pytest.param("echo " + "$(echo " * 200 + ")" * 200, id="deep substitutions"),
        pytest.param("echo $((" + "-" * 5000 + "1))", id="deep arithmetic"),
        pytest.param("if " * 300 + "a", id="deep conditions"),
    ],
)
def test_what_would_take_too_much_is_refused(session: Session, line: str) -> None:
    result = run(line, session)
    assert result.code != 0
    assert result.notes or result.err


def test_exit_leaves_the_innermost_shell(session: Session) -> None:
    run("sh", session)
    assert len(session.places) == 2
    run("exit 3", session)
    assert (len(session.places), session.status, session.ended) == (1, 3, False)
    run("exit", session)
    assert session.ended


def test_control_sequences_are_taken_out_of_everything_printed(session: Session) -> None:
    assert typed(session, r"echo -e 'a\033[31mb\033]0;title\007c\rd\x9be'") == "abcde\n"


def test_the_prompt_names_the_place(session: Session) -> None:
    assert prompt(session) == "student@laptop:~$ "
