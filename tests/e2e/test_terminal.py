"""The terminal drawer: typed as a learner types, read as a screen reader reads it."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.live.line import PATIENCE

from .learner import DRAWN, first_pod, lit, open_scenario, played


class Drawer:
    """The terminal of a page."""

    def __init__(self, page: Page, opened: bool = False) -> None:
        self.page = page
        if not opened:
            page.get_by_role("button", name="터미널", exact=True).click()
            self.expect_prompt("student@laptop:~$")

    @property
    def text(self) -> str:
        """What stands in its rows."""
        rows = self.page.locator(".xterm-rows > div").evaluate_all("rows => rows.map(row => row.textContent)")
        return "\n".join(row.replace("\xa0", " ").rstrip() for row in rows).rstrip()

    def expect_prompt(self, prompt: str) -> None:
        self.expect(re.escape(prompt) + r"$")

    def expect(self, pattern: str) -> None:
        found = re.compile(pattern, re.S)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found.search(self.text):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{pattern!r} did not come:\n{self.text}")

    def type(self, line: str, answer: str) -> None:
        """Type a line; wait for what it prints and for the prompt behind it."""
        self.page.keyboard.type(line)
        self.page.keyboard.press("Enter")
        self.expect(rf"{re.escape(line[-20:])}.*\n(?:.*\n)?{answer}.*[$#]$")


@pytest.fixture
def lab(page: Page) -> Page:
    open_scenario(page, "snackbar")
    return page


def test_a_lesson_is_typed(lab: Page) -> None:
    """Look around, ask from outside and inside, open a door: as the course does it."""
    terminal = Drawer(lab)
    terminal.type("ls", "order-deployment.yaml")
    terminal.type("kubectl create namespace course", "namespace/course created")
    terminal.type("kubectl get svc order -o wide -n snackbar", r"NAME +TYPE +CLUSTER-IP")
    terminal.type("kubect get pods", r"bash: kubect: command not found\n» 혹시 kubectl\?")
    terminal.type("curl -s 203.0.113.100", "주문을 받았습니다 \\(order\\)")
    expect(played(lab)).to_have_attribute("data-verdict", "delivered")
    terminal.type("curl payment:80", r"curl: \(6\) Could not resolve host: payment\n» 왜\?")
    expect(lab.locator(".run")).to_have_attribute("data-verdict", "dns_error")
    name = first_pod(lab, "order").rpartition("/")[2]
    terminal.type(f"kubectl exec -it {name} -n snackbar -- sh", re.escape(f"{name}:/"))
    terminal.type("curl -s payment:80", "결제 창구입니다")
    expect(played(lab)).to_have_attribute("data-verdict", "delivered")
    assert lit(lab)[0].startswith(f"pod/snackbar/{name}>")
    terminal.type("echo $PAYMENT_SERVICE_HOST", r"10\.")
    terminal.type("exit", "student@laptop:~")
    terminal.type("kubectl scale deploy order --replicas=3 -n snackbar", "deployment.apps/order scaled")
    lab.locator(".history button").first.click()
    expect(lab.locator(".toast").last).to_contain_text("kubectl scale deploy order")


def test_edit_opens_the_yaml_on_the_page(lab: Page) -> None:
    terminal = Drawer(lab)
    terminal.type("kubectl edit svc order -n snackbar", "» 이 터미널에는 편집기가 없습니다")
    expect(lab.locator("kv-inspector .thing")).to_have_attribute("data-object", "service/snackbar/order")


def test_history_completion_and_editing(lab: Page) -> None:
    terminal = Drawer(lab)
    keyboard = lab.keyboard
    terminal.type("echo one", "one")
    keyboard.press("ArrowUp")
    keyboard.type(" two")
    keyboard.press("Home")
    for _ in range(5):
        keyboard.press("ArrowRight")
    terminal.type("zero ", "zero one two")
    keyboard.press("Control+r")
    keyboard.type("echo o")
    terminal.expect(r"\(reverse-i-search\)`echo o': echo one$")
    keyboard.press("Enter")
    terminal.expect_prompt("one\nstudent@laptop:~$")
    keyboard.type("cat order-s")
    keyboard.press("Tab")
    terminal.expect(r"cat order-service\.yaml ?$")
    keyboard.press("Control+c")
    terminal.expect(r"\^C\nstudent@laptop:~\$$")
    keyboard.press("Control+l")
    terminal.expect(r"\Astudent@laptop:~\$$")
    lab.reload()
    lab.locator(DRAWN).wait_for()
    terminal.expect_prompt("student@laptop:~$")
    lab.locator(".xterm-helper-textarea").focus()
    keyboard.press("ArrowUp")
    terminal.expect(r"echo one$")


def test_many_lines_are_pasted_at_once(lab: Page) -> None:
    terminal = Drawer(lab)
    lab.evaluate("""() => {
      const data = new DataTransfer();
      data.setData("text/plain", "cat <<EOF > note.txt\\n안녕 $USER\\nEOF\\n$ cat note.txt\\n");
      const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector(".xterm-helper-textarea").dispatchEvent(paste);
    }""")
    terminal.expect(r"> EOF\nstudent@laptop:~\$ \$ cat note.txt\n안녕 student\nstudent@laptop:~\$$")


def test_hangul_is_composed_and_folded_at_the_edge(lab: Page) -> None:
    terminal = Drawer(lab)
    keys = lab.context.new_cdp_session(lab)
    lab.keyboard.type("echo ")
    typed = ""
    for syllable in "한글입력":
        keys.send("Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1})
        keys.send("Input.insertText", {"text": syllable})
        typed += syllable
        terminal.expect(rf"echo {typed}$")  # xterm takes a syllable over when the browser is done with it
    lab.keyboard.insert_text("가나" * 40)
    lab.keyboard.press("Backspace")
    lab.keyboard.press("Enter")
    terminal.expect(r"\n한글입력(?:.*\n)+student@laptop:~\$$")
    folded = terminal.text.replace("\n", "")
    assert folded.count("한글입력" + "가나" * 39 + "가student") == 1


def test_a_watched_command_looks_again_until_stopped(lab: Page) -> None:
    terminal = Drawer(lab)
    lab.keyboard.type("watch -n 1 gcloud compute firewall-rules list")
    lab.keyboard.press("Enter")
    terminal.expect(r"\AEvery 1.0s:.*allow-30080")
    lab.evaluate("""() => {
      const form = new FormData();
      form.set("action", "firewall_allow");
      form.set("port", "31000");
      const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
      const url = `/labs/${document.querySelector("kv-lab").dataset.lab}/act`;
      return fetch(url, { method: "POST", body: form, headers: { Accept: "application/json", "X-CSRFToken": token } });
    }""")
    terminal.expect(r"\AEvery 1.0s:.*allow-31000")
    lab.keyboard.press("Control+c")
    terminal.expect(r"\^C\nstudent@laptop:~\$$")


def test_w_prints_each_change_below_the_table(lab: Page) -> None:
    terminal = Drawer(lab)
    name = first_pod(lab, "order").rpartition("/")[2]
    lab.keyboard.type("kubectl get pods -n snackbar -w")
    lab.keyboard.press("Enter")
    terminal.expect(rf"NAME +READY.*{name} +1/1 +Running")
    lab.locator(f"kv-stage .card[data-object='pod/snackbar/{name}']").click()
    lab.locator("kv-inspector form:has([value=delete_pod]) button").click()
    terminal.expect(rf"{name} +1/1 +Terminating")
    lab.locator(".xterm-helper-textarea").focus()
    lab.keyboard.press("Control+c")
    terminal.expect(r"\^C\nstudent@laptop:~\$$")


def test_a_button_s_command_is_written_into_the_terminal(lab: Page) -> None:
    lab.locator("kv-stage .card.is-service").first.click()
    command = lab.locator("[data-command]").inner_text()
    lab.get_by_role("button", name="터미널에 쓰기").click()
    terminal = Drawer(lab, opened=True)
    terminal.expect(re.escape(f"$ {command}") + "$")


def test_a_screen_reader_hears_it_and_the_keyboard_can_leave(lab: Page) -> None:
    terminal = Drawer(lab)
    terminal.type("echo heard", "heard")
    expect(lab.locator(".xterm-accessibility")).to_contain_text("heard")
    lab.keyboard.press("Shift+Tab")
    assert lab.evaluate("document.activeElement.closest('.terminal-screen')") is None


def test_only_who_may_change_the_lab_has_a_terminal(lab: Page, new_page) -> None:  # type: ignore[no-untyped-def]
    url = f"/labs/{lab.locator('kv-lab').get_attribute('data-lab')}"
    stranger = new_page()
    stranger.goto("/scenarios/")
    assert stranger.request.get(f"{url}/terminal/opened").status == 404
    assert stranger.request.get(f"{url}/terminal/completed?line=k").status == 404
