"""The words of the author's desk; `part_`, `help_`, `empty_` and `one_` name parts of an exercise."""

from .words import Words

WORDS: dict[str, Words] = {
    "author_desk": Words("과제 만들기", "Author's desk"),
    "author_text": Words(
        "과제는 세 가지로 이루어집니다: 어디에서 시작하는지, 무엇이 되어야 하는지, 어떻게 풀 수 있는지. 실습실에서 망가뜨리고 고쳐 보이면 나머지는 적어 드립니다.",
        "An exercise says three things: where it starts, what is wanted, and one way to get there. Break something in a lab, mend it, and the rest is written down for you.",
    ),
    "my_exercises": Words("내 과제", "My exercises"),
    "my_scenarios": Words("내 시나리오", "My scenarios"),
    "new_exercise": Words("새 과제", "New exercise"),
    "new_scenario": Words("새 시나리오", "New scenario"),
    "to_copy": Words("복사해서 고쳐 쓸 수 있는 것", "To copy and change"),
    "copy_it": Words("복사", "Copy"),
    "export_file": Words("파일로 받기", "Save as a file"),
    "export_all": Words("모두 파일로 받기", "Save all as a file"),
    "import_pack": Words("파일에서 가져오기", "Bring in a file"),
    "import_it": Words("가져오기", "Bring in"),
    "import_help": Words(
        "다른 kubeviz에서 받은 YAML 파일입니다. 전부 가져오거나 하나도 가져오지 않습니다. 가져온 것은 초안이 됩니다.",
        "A YAML file from another kubeviz. All of it comes in, or nothing; what comes in is a draft.",
    ),
    "not_imported": Words("가져오지 않았습니다. 파일을 고쳐 주세요.", "Nothing was brought in. Please mend the file."),
    "line": Words("줄", "line"),
    "save_it": Words("저장", "Save"),
    "saved": Words("저장했습니다.", "Saved."),
    "not_saved": Words("저장하지 않았습니다. 고칠 곳:", "Not saved. Please mend:"),
    "try_it": Words("배우는 사람으로 해 보기", "Try it as a learner"),
    "demonstrate": Words("풀이 시연하기", "Play the solution"),
    "demonstrate_help": Words(
        "저장하고 실습실을 엽니다. 거기서 한 일이 풀이가 되고, 확인할 것을 제안합니다",
        "Saves and opens a lab. What you do there becomes the solution, and checks are proposed",
    ),
    "demonstrate_text": Words(
        "여기서 과제를 풀어 보세요. 버튼, 터미널의 명령, 보낸 요청을 모두 적어 둡니다. 고쳐진 것을 보여 줄 요청도 보내세요.",
        "Solve the exercise here: buttons, commands and requests are recorded. Also send the requests that show it works.",
    ),
    "demonstrate_done": Words("다 했습니다: 적은 것 보기", "Done: see what was recorded"),
    "demonstrate_seen": Words("적어 둔 풀이", "What was recorded"),
    "demonstrate_steps": Words(
        "표시한 것이 지금 있는 것을 대신합니다.", "What is ticked takes the place of what is there now."
    ),
    "demonstrate_checks": Words(
        "시작에서는 실패하고 풀고 나면 통과하는 것들입니다. 표시한 것을 과제에 더합니다. 하나면 충분할 때가 많습니다.",
        "These fail at the start and pass once it is solved. What is ticked is added to the exercise; often one is enough.",
    ),
    "demonstrate_nothing": Words("아직 아무것도 하지 않았습니다.", "Nothing has been done yet."),
    "demonstrate_no_checks": Words(
        "시작과 달라진 것이 없습니다. 요청을 보내 보세요.", "Nothing differs from the start. Send a request."
    ),
    "demonstrate_take": Words("과제에 넣기", "Put into the exercise"),
    "demonstrate_more": Words("실습실로 돌아가기", "Back to the lab"),
    "demonstrate_faults": Words(
        "고장을 만들어 내는 과제는 풀이도 스스로 만듭니다. 시연할 것이 없습니다.",
        "An exercise that makes its own faults makes its own solution too; there is nothing to play.",
    ),
    "demonstrate_full": Words("과제 하나에는 확인을 40개까지 둡니다.", "An exercise has at most 40 checks."),
    "prove": Words("증명하기", "Prove"),
    "proven": Words(
        "증명되었습니다: 시작은 실패하고, 풀이는 통과하고, 두 언어가 다 있습니다.",
        "Proven: the start fails, the solution passes, both languages are there.",
    ),
    "not_proven": Words("아직 증명되지 않았습니다:", "Not proven yet:"),
    "preview": Words("배우는 사람이 보는 모습", "As learners see it"),
    "share_link": Words("나눌 링크:", "Link to share:"),
    "remove": Words("빼기", "Remove"),
    "manifests_fine": Words("문제없이 불러왔습니다.", "These load without a problem."),
    "state_draft": Words("초안", "Draft"),
    "state_shared": Words("링크로 공유 중", "By link"),
    "state_published": Words("공개", "Published"),
    "state_archived": Words("보관", "Archived"),
    "make_draft": Words("초안으로", "Back to a draft"),
    "make_shared": Words("링크로 공유", "Share by link"),
    "make_published": Words("공개하기", "Publish"),
    "make_archived": Words("보관하기", "Archive"),
    "part_words": Words("글", "Words"),
    "part_setting": Words("무대", "Setting"),
    "part_start": Words("시작", "Start"),
    "part_checks": Words("확인할 것", "Checks"),
    "part_solution": Words("풀이", "Solution"),
    "part_hints": Words("힌트", "Hints"),
    "part_presets": Words("보낼 만한 요청", "Requests worth sending"),
    "help_start": Words(
        "여기서 무언가를 망가뜨립니다. 차례대로 합니다. 비워 두면 시나리오 그대로 시작합니다.",
        "Here something is broken, in order. Left empty, it starts as the scenario stands.",
    ),
    "help_checks": Words(
        "풀렸는지 서버가 이것으로 판단합니다. 글자를 견주기보다 요청이 어떻게 되는지를 물으세요. 그래야 다른 풀이도 통과합니다.",
        "By these the server decides. Ask what happens to requests rather than what is written, so that other solutions pass, too.",
    ),
    "help_solution": Words(
        "한 가지 풀이입니다. ‘증명하기’가 이것을 해 보고, 배우는 사람의 ‘풀이 보기’도 이것을 보여 줍니다.",
        "One way to solve it. Prove plays it, and so does the learner's Show me.",
    ),
    "help_hints": Words(
        "달라고 할 때 열리고, cost만큼 점수가 줄어듭니다. when에 이유 코드를 적으면 그 이유로 막혔을 때 권합니다.",
        "Opened on request, for their cost. With reason codes in `when`, offered to whoever is stuck for that reason.",
    ),
    "help_presets": Words("보내기 줄의 ‘예시’에 나옵니다.", "They stand among the examples of the send bar."),
    "one_hints": Words("힌트", "Hint"),
    "one_presets": Words("요청", "Request"),
    "my_lessons": Words("내 강의", "My lessons"),
    "no_exercises_yet": Words(
        "아직 과제가 없습니다. 시나리오를 하나 골라 시작하거나, 아래에서 있는 과제를 복사해 보세요.",
        "No exercises yet. Choose a scenario to begin, or copy one of those below.",
    ),
    "no_scenarios_yet": Words(
        "아직 없습니다. 과제는 처음부터 있는 시나리오에서도 만들 수 있습니다.",
        "None yet. Exercises may take place in the shipped scenarios, too.",
    ),
    "no_lessons_yet": Words(
        "아직 없습니다. 강의는 글, 볼 것, 예상, 그리고 내 과제들을 묶습니다.",
        "None yet. A lesson holds together words, things to watch, predictions and your exercises.",
    ),
    "in_scenario": Words("어느 시나리오에서", "In which scenario"),
    "new_lesson": Words("새 강의", "New lesson"),
    "to_copy_help": Words(
        "처음부터 있는 과제, 강의, 시나리오입니다. 복사한 것은 내 초안이 됩니다.",
        "The shipped exercises, lessons and scenarios. A copy is a draft of your own.",
    ),
    "edited_at": Words("고친 때", "Edited"),
    "brought_in": Words("{count}개를 초안으로 가져왔습니다.", "{count} brought in as drafts."),
    "unsaved": Words("저장하지 않은 변경이 있습니다", "There are unsaved changes"),
    "save_keys": Words(
        "Ctrl+S로도 저장합니다. 줄 안에서 Alt+↑, Alt+↓는 그 줄을 옮깁니다.",
        "Ctrl+S saves, too. Inside a row Alt+↑ and Alt+↓ move it.",
    ),
    "prove_help": Words(
        "저장하고, 시작은 실패하고 풀이는 통과하는지 해 봅니다",
        "Saves, then plays it: the start must fail, the solution must pass",
    ),
    "more_doings": Words("더 보기", "More"),
    "remove_it": Words("지우기", "Remove"),
    "remove_sure": Words("아주 지웁니다", "Remove for good"),
    "remove_begun": Words(
        "이미 푸는 사람이 있어 지울 수 없습니다. 대신 보관하세요.",
        "Somebody has begun it, so it cannot be removed. Archive it instead.",
    ),
    "remove_used": Words(
        "다른 것이 쓰고 있어 지울 수 없습니다. 대신 보관하세요.",
        "Something else stands on it, so it cannot be removed. Archive it instead.",
    ),
    "only_other_language": Words("{language} 글이 없습니다", "Not written in {language}"),
    "in_ko": Words("한국어", "Korean"),
    "in_en": Words("영어", "English"),
    "add_row": Words("넣기", "Add"),
    "row_up": Words("위로", "Up"),
    "row_down": Words("아래로", "Down"),
    "more_fields": Words("더 자세히", "More"),
    "go_to_line": Words("{line}번째 줄", "Line {line}"),
    "steps_nav": Words("과제의 차례", "Parts of the exercise"),
    "markdown_help": Words(
        "Markdown: **굵게**, `코드`, - 목록, [링크](/glossary/)",
        "Markdown: **bold**, `code`, - lists, [links](/glossary/)",
    ),
    "demonstrate_start": Words("실습실에서 망가뜨리기", "Break it in a lab"),
    "demonstrate_start_help": Words(
        "저장하고 시나리오를 실습실에서 엽니다. 거기서 망가뜨린 것이 시작이 됩니다",
        "Saves and opens the scenario in a lab. What you break there becomes the start",
    ),
    "demonstrate_start_text": Words(
        "배우는 사람이 만날 고장을 여기서 만드세요. 버튼과 터미널로 한 일을 모두 적어 둡니다.",
        "Break here what learners shall find broken. What you do by buttons and terminal is recorded.",
    ),
    "part_faults": Words("저절로 나는 고장", "Random faults"),
    "part_watch": Words("볼 것", "To watch"),
    "part_predictions": Words("예상하기", "Predictions"),
    "part_gathered": Words("이 강의의 과제", "Exercises of this lesson"),
    "help_words": Words(
        "두 언어를 나란히 씁니다. 제목과 본문은 둘 다 있어야 증명됩니다.",
        "Both languages side by side. Title and text are needed in both before it is proven.",
    ),
    "help_faults": Words(
        "배우는 사람마다 다른 고장을 냅니다. 시작, 풀이, 확인은 저절로 생깁니다. 종류를 고르지 않으면 아무 고장이나 냅니다.",
        "Every learner finds other faults; start, solution and checks come by themselves. Without a kind, any fault may come.",
    ),
    "help_watch": Words(
        "배우는 사람이 눌러 보는 요청입니다. 글에는 무엇을 볼지 적습니다.",
        "Requests that learners send with one press; the text says what to look at.",
    ),
    "help_predictions": Words(
        "보내기 전에 어디로 갈지 묻습니다. 점수는 없습니다.", "Asked before the request is sent. They earn no points."
    ),
    "help_gathered": Words(
        "이 차례로 나옵니다. 공개한 과제만 배우는 사람에게 보입니다.",
        "They come in this order. Learners see only published ones.",
    ),
    "gather": Words("강의에 넣을 과제", "Exercise to put in"),
    "no_gathered": Words("아직 과제가 없습니다.", "No exercise yet."),
    "one_watch": Words("볼 것", "Something to watch"),
    "one_faults": Words("고장", "Faults"),
    "empty_start": Words("아직 아무것도 망가뜨리지 않습니다.", "Nothing is broken yet."),
    "empty_checks": Words(
        "아직 확인할 것이 없습니다. 하나는 있어야 합니다.", "Nothing is checked yet; at least one check is needed."
    ),
    "empty_solution": Words("아직 풀이가 없습니다.", "No solution yet."),
    "empty_hints": Words("힌트가 없습니다. 없어도 됩니다.", "No hints. None are needed."),
    "empty_presets": Words("아직 없습니다.", "None yet."),
    "empty_watch": Words("아직 없습니다.", "None yet."),
    "empty_predictions": Words("아직 없습니다.", "None yet."),
    "empty_faults": Words(
        "저절로 나는 고장이 없습니다. 시작에서 망가뜨립니다.",
        "No faults by themselves: the start breaks what is broken.",
    ),
    "lesson_proven": Words(
        "빠진 것이 없습니다: 두 언어가 다 있고, 링크가 모두 통합니다.",
        "Nothing is missing: both languages are there, and every link leads somewhere.",
    ),
    "open_it": Words("실습실 열기", "Open a lab"),
    "read_it": Words("강의 보기", "See the lesson"),
}
