"""Who may do what: one rule for every address, every deed of a class and every live line. Whatever is new needs a row.

A rule names the roles that are let in; everybody else is told that there is nothing. What a lab's rule means depends on
where the class is (`WATCHES`, `CHANGES`).
"""

from typing import NamedTuple

ANONYMOUS, SELF, CLASSMATE, ELSEWHERE, REMOVED = (
    "anonymous",
    "the learner",
    "classmate",
    "learner of another",
    "removed",
)
INSTRUCTOR, HELPER, FOREIGN, ADMIN = "instructor", "co-instructor", "foreign instructor", "admin"
ROLES = (ANONYMOUS, ELSEWHERE, REMOVED, CLASSMATE, FOREIGN, HELPER, ADMIN, INSTRUCTOR, SELF)

NOBODY: frozenset[str] = frozenset()
EVERYBODY = frozenset(ROLES)
TEACHERS = frozenset({INSTRUCTOR, HELPER, ADMIN})
ACCOUNTS = TEACHERS | {FOREIGN}
CLASS = TEACHERS | {SELF, CLASSMATE}
AUTHOR = frozenset({INSTRUCTOR})
"""The instructor wrote the exercise that these addresses are asked for."""

WORK, SPOTLIGHT, SHOWN, CLOSED = STATES = ("work", "spotlight", "shown", "closed")
"""The learner's lab while they work, in the spotlight, and after class; and the lab that the class is shown."""
WATCHES = {WORK: TEACHERS | {SELF}, SPOTLIGHT: CLASS, SHOWN: CLASS, CLOSED: TEACHERS | {SELF}}
CHANGES = {WORK: {SELF}, SPOTLIGHT: {SELF}, SHOWN: TEACHERS, CLOSED: {SELF}}


class Rule(NamedTuple):
    """Who may read, who may post; None: there is no such method."""

    get: frozenset[str] | None = None
    post: frozenset[str] | None = None


READ, POST, BOTH = Rule(get=EVERYBODY), Rule(post=EVERYBODY), Rule(EVERYBODY, EVERYBODY)
MINE, WRITTEN = Rule(post=ACCOUNTS), Rule(post=AUTHOR)

PAGES = {
    "": READ,
    "scenarios/": READ,
    "scenarios/new": BOTH,
    "scenarios/<slug:slug>/remove": Rule(post=NOBODY),  # a shipped one; whose is one's own: tests/views/test_own.py
    "scenarios/<slug:slug>/open": POST,
    "traces/<str:trace_id>/": READ,  # whoever has the link
    "lessons/": READ,
    "lessons/<slug:slug>/": READ,
    "lessons/<slug:slug>/open": POST,
    "exercises/<slug:slug>/": READ,
    "exercises/<slug:slug>/open": POST,
    "fidelity/": READ,
    "glossary/": READ,
    "language": BOTH,
    "author/": Rule(get=ACCOUNTS),
    "author/export": Rule(get=AUTHOR),  # to the others it says that there is nothing to carry away
    "author/import": MINE,
    "author/preview": MINE,
    "author/manifests": MINE,
    "author/<slug:kind>/new": MINE,
    "author/<slug:kind>/<slug:slug>/": Rule(AUTHOR, AUTHOR),
    "author/exercises/<slug:slug>/played": Rule(AUTHOR, AUTHOR),
    "author/<slug:kind>/<slug:slug>/copy": WRITTEN,
    "author/<slug:kind>/<slug:slug>/remove": WRITTEN,
    "accounts/": Rule(ACCOUNTS, frozenset({ADMIN})),
    "accounts/first": BOTH,
    "accounts/login": BOTH,
    "accounts/password": Rule(ACCOUNTS, ACCOUNTS),
    "classes/": Rule(ACCOUNTS, ACCOUNTS),
    "classes/<str:code>/": Rule(get=CLASS),
    "classes/<str:code>/projector": Rule(get=TEACHERS),
    "classes/<str:code>/qr.svg": Rule(get=CLASS),
    "classes/<str:code>/report": Rule(get=TEACHERS),
    "classes/<str:code>/report.csv": Rule(get=TEACHERS),
    "classes/<str:code>/seats/<int:seat_id>/": Rule(get=TEACHERS),
    "classes/<str:code>/state.json": Rule(get=CLASS),
    "classes/<str:code>/do": Rule(post=CLASS),  # what of it: DEEDS
    "join/": BOTH,  # late: whoever joins sits in the class
    "join/back": BOTH,
    "j/<str:code>": BOTH,
    "accounts/logout": POST,  # last: nobody is anybody afterwards
}

SHUT = {"classes/<str:code>/qr.svg": NOBODY, "classes/<str:code>/": CLASS, "classes/<str:code>/state.json": CLASS}
"""What of it is another or the same once the class is closed."""

WATCHED = (
    "", "watch", "graph.json", "twin", "objects/", "export.yaml", "objects/<path:ref>/", "past",
     "traces/", "traces/<str:trace_id>/why", "traces/<str:trace_id>/against/<str:other_id>",

)  # fmt: skip
"""Below `labs/<id>/`: what one may read who may watch."""
ASKED = ("qr.svg", "terminal/opened", "terminal/completed", "traces/<str:trace_id>/repairs")
"""What only those may read who may change the lab."""
CHANGED = (
    "share", "edit", "send", "act", "apply", "undo", "redo", "reset", "clock", "terminal", "mend", "lesson/check",
    "lesson/hint", "lesson/answer", "lesson/restart", "lesson/show", "lesson/watched",
)  # fmt: skip
LABS = {f"labs/<str:lab_id>/{below}" for below in (*WATCHED, *ASKED, *CHANGED)}

LINES = {
    "ws/labs/<str:lab_id>/": WATCHES,
    "ws/classes/<str:class_id>/": dict.fromkeys(STATES, CLASS) | {CLOSED: TEACHERS},
}
SAID = {"ping"}
"""What a page may say on its line: everything is done over HTTP."""

STAFF_DEEDS = {
    "follow", "work", "pace", "add_items", "remove_item", "earlier", "later", "pause", "go_on", "timer", "animals",
    "spotlight", "spotlight_off", "replay", "send_copy", "show_lab", "point", "ask", "second_round", "reveal", "put_away",
    "rename_class", "renew_code", "joinable", "rename_seat", "remove_seat", "reset_learner", "hand_down", "add_helper",
    "remove_helper", "close", "reopen", "retention", "forget", "delete",
}  # fmt: skip
LEARNER_DEEDS = {"hand", "vote", "begin", "done"}
