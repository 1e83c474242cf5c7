"""The words of the accounts: log in, log out, the first instructor."""

from .words import Words

WORDS: dict[str, Words] = {
    "log_in": Words("로그인", "Log in"),
    "log_out": Words("로그아웃", "Log out"),
    "log_in_text": Words(
        "가르치는 분만 로그인합니다. 배우는 분은 계정 없이 수업 코드로 들어옵니다.",
        "Only those who teach log in. Learners need no account: they join with the class code.",
    ),
    "log_in_wrong": Words(
        "이름과 비밀번호가 맞지 않습니다. 대문자와 소문자를 가립니다.",
        "Name and password do not match. Capitals matter.",
    ),
    "log_in_wait": Words(
        "틀린 비밀번호가 너무 많았습니다. {wait}초 뒤에 다시 해 보세요.",
        "Too many wrong passwords. Try again in {wait} seconds.",
    ),
    "join_instead": Words("수업에 들어가려면", "To join a class"),
    "username": Words("이름", "Name"),
    "password": Words("비밀번호", "Password"),
    "password_help": Words(
        "8자 이상. 흔한 낱말이나 숫자만으로는 안 됩니다.", "8 characters or more; no common word, not digits only."
    ),
    "first_title": Words("첫 선생님이 되어 주세요", "Become the first instructor"),
    "first_text": Words(
        "이 컴퓨터에는 아직 선생님이 없습니다. 이름과 비밀번호를 정하면 바로 수업을 열 수 있습니다. 인터넷이나 메일 주소는 필요 없습니다.",
        "Nobody teaches on this computer yet. Choose a name and a password and open a class at once. No internet, no mail address.",
    ),
    "first_button": Words("계정을 만들고 시작하기", "Make the account and start"),
    "first_elsewhere": Words(
        "첫 계정은 kubeviz가 돌고 있는 컴퓨터에서만 만들 수 있습니다. 그 컴퓨터에서 http://127.0.0.1… 주소로 여시거나, 터미널에서 아래 명령을 쓰세요.",
        "The first account is made at the computer that runs kubeviz. Open it there at http://127.0.0.1…, or use this command in its terminal.",
    ),
    "account": Words("계정", "Account"),
    "instructors": Words("선생님들", "Instructors"),
    "admin": Words("관리자", "admin"),
    "add_instructor": Words("선생님 더하기", "Add an instructor"),
    "change_password": Words("비밀번호 바꾸기", "Change the password"),
    "old_password": Words("지금 비밀번호", "Present password"),
    "new_password": Words("새 비밀번호", "New password"),
    "new_password_again": Words("새 비밀번호 한 번 더", "New password again"),
}
