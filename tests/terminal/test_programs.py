"""The text tools, as GNU's and the shell's own work."""

import pytest

from kubeviz.terminal import Session, run
from tests.terminal.shells import shell, typed

TEXT = "printf 'b 2\\na 10\\nb 1\\nc 3\\n' > t; "


@pytest.fixture
def session() -> Session:
    return shell()


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        pytest.param("grep -n b t", "1:b 2\n3:b 1\n", id="grep -n"),
        pytest.param("grep -vc b t", "2\n", id="grep -v -c"),
        pytest.param("grep -E '^(a|c)' t", "a 10\nc 3\n", id="grep -E"),
        pytest.param(r"grep '\(a\|c\)' t", "a 10\nc 3\n", id="grep's basic expressions"),
        pytest.param("grep '(' t || echo none", "none\n", id="a bracket stands for itself in a basic expression"),
        pytest.param("grep -oE '[0-9]+' t", "2\n10\n1\n3\n", id="grep -o"),
        pytest.param("grep -A1 a t", "a 10\nb 1\n", id="grep -A"),
        pytest.param("grep -B1 c t", "b 1\nc 3\n", id="grep -B"),
        pytest.param("grep -nC1 'a' t", "1-b 2\n2:a 10\n3-b 1\n", id="grep -C"),
        pytest.param("grep -iw B t", "b 2\nb 1\n", id="grep -i -w"),
        pytest.param("grep -F 'b 1' t", "b 1\n", id="grep -F"),
        pytest.param("grep -q x t; echo $?", "1\n", id="grep finds nothing"),
        pytest.param("grep -E '(' t; echo $?", "grep: Unmatched ( or \\(\n2\n", id="no expression"),
        pytest.param("grep", "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n", id="grep alone"),
        pytest.param("head -1 t; tail -1 t", "b 2\nc 3\n", id="head and tail -N"),
        pytest.param("head -n -3 t; tail -n +4 t", "b 2\nc 3\n", id="all but the last; from the fourth"),
        pytest.param("wc -l < t; wc t; cat t | wc", "4\n 4  8 17 t\n      4       8      17\n", id="wc"),
        pytest.param("sort t", "a 10\nb 1\nb 2\nc 3\n", id="sort"),
        pytest.param("sort -k2 -n t", "b 1\nb 2\nc 3\na 10\n", id="sort by a number"),
        pytest.param("sort -rk2n t", "a 10\nc 3\nb 2\nb 1\n", id="sort in reverse"),
        pytest.param("cut -d' ' -f1 t | sort | uniq -c | sort -rn | head -1", "      2 b\n", id="sort | uniq -c"),
        pytest.param("cut -d' ' -f2- t; cut -c1 t | tr '\\n' ,", "2\n10\n1\n3\nb,a,b,c,", id="cut"),
        pytest.param("tr a-z A-Z < t | tr -d ' '", "B2\nA10\nB1\nC3\n", id="tr"),
        pytest.param("echo aabbcc | tr -s a-z; echo 'a1b2' | tr -cd '0-9\\n'", "abc\n12\n", id="tr -s and -c"),
        pytest.param("sed 's/b/X/;2d' t", "X 2\nX 1\nc 3\n", id="sed s and d"),
        pytest.param("sed -n '/a/,/c/p' t", "a 10\nb 1\nc 3\n", id="sed -n /a/,/b/p"),
        pytest.param(r"sed -E 's/([a-z]) ([0-9]+)/\2-\1/' t | head -1; echo a/b | sed 's|/|&&|'", "2-b\na//b\n", id="sed groups"),
        pytest.param("sed 's/.*/x/2' t; sed -n '$p' t; echo aaa | sed 's/a/b/2g'", "b 2\na 10\nb 1\nc 3\nc 3\nabb\n", id="sed's nth and last"),
        pytest.param("sed -i s/b/z/ t; head -1 t", "z 2\n", id="sed -i"),
        pytest.param("sed y/a/b/ t", "sed: -e expression #1: unknown command: `y'\n{SedSubset}", id="sed says what it does not know"),
        pytest.param("awk '{print $2}' t | head -2", "2\n10\n", id="awk print"),
        pytest.param("awk '$2 > 2 {print NR\": \"$1, $NF}' t", "2: a 10\n4: c 3\n", id="awk with a condition"),
        pytest.param("awk '{s += $2} END {print s, s/NR}' t", "16 4\n", id="awk sums"),
        pytest.param("awk -F: '/^stu/ {print $1}' <<< student:x:1", "student\n", id="awk -F"),
        pytest.param("awk 'NR==2{printf \"%-3s|%d\\n\", $1, $2}' t", "a  |10\n", id="awk printf"),
        pytest.param("awk '/b/ && $2 ~ /^1$/' t", "b 1\n", id="awk patterns"),
        pytest.param("awk 'if (1) {}' t", "awk: syntax error at source line 1 near if\n{AwkSubset}", id="awk says what it does not know"),
        pytest.param("seq 3 | xargs; seq 2 2 6 | xargs -n1 echo x", "1 2 3\nx 2\nx 4\nx 6\n", id="seq and xargs"),
        pytest.param("echo p | xargs -I{} echo [{}]", "[p]\n", id="xargs -I"),
        pytest.param("echo hi | base64; echo aGkK | base64 -d", "aGkK\nhi\n", id="base64"),
        pytest.param("printf '%-4s|%3d|%s\\n' a 1 x b 2", "a   |  1|x\nb   |  2|\n", id="printf uses its format again"),
        pytest.param("[ 1 -lt 2 ] && [ -f t ] && test a != b && echo yes", "yes\n", id="test"),
        pytest.param("[ 1 -eq x ]; echo $?", "bash: [: x: integer expression expected\n2\n", id="no number"),
        pytest.param("export A=5; B=6; env | grep -E '^(A|B)='; printenv A", "A=5\n5\n", id="export"),
        pytest.param("ls; rm t; ls t", "t\nls: cannot access 't': No such file or directory\n", id="ls and rm"),
        pytest.param("cp t u; mv u v; cat v | head -1; rm -f none; rm none", "b 2\nrm: cannot remove 'none': No such file or directory\n", id="cp and mv"),
        pytest.param("date; sleep 90; date +%T", "Thu Jan  1 09:10:00 UTC 2026\n09:11:30\n", id="sleep puts the clock forward"),
        pytest.param("alias k=echo; k get; unalias k; k", "get\nbash: k: command not found\n", id="alias"),
        pytest.param("vi t", "{NoEditor}", id="no editor"),
        pytest.param("echo a | tee u v; echo b | tee -a u | wc -l; cat u v", "a\n1\na\nb\na\n", id="tee"),
        pytest.param("rm -rf /; ls", "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe\nt\n", id="rm of everything"),
        pytest.param("ls / | head -2; history", "bin\ndev\n", id="ls of the root"),
        pytest.param("hostname; whoami; pwd | sed 's|.*/||'", "laptop\nstudent\nstudent\n", id="who and where"),
        pytest.param("which ls; type nosuch", "/usr/bin/ls\nbash: type: nosuch: not found\n", id="which"),
        pytest.param("echo $(cat t | wc -l) > n; cat n", "4\n", id="all together"),
    ],
)  # fmt: skip
def test_a_text_tool_prints_what_the_real_one_does(session: Session, line: str, printed: str) -> None:
    run(TEXT, session)
    assert typed(session, line) == printed


def test_watch_goes_on_in_a_live_terminal(session: Session) -> None:
    assert typed(session, "watch -n 1 echo hi; echo never") == "Every 1.0s: echo hi\n\nhi\n"
    assert session.follow is not None
    assert (session.follow.style, session.follow.every, session.follow.text) == ("screen", 1.0, "watch -n 1 echo hi")


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(.*)(.*)(.*)(.*)x", "a{1,500}{1,500}"])
def test_no_pattern_takes_long(session: Session, pattern: str) -> None:
    session.files["long"] = "a" * 20_000
    for line in (f"grep -E '{pattern}' long", f"sed -E 's/{pattern}/x/' long", f"awk '/{pattern}/' long"):
        assert run(line, session).code in (0, 1, 2)
        session.budget.check()
