"""exec: a program in a container; a shell stays open until `exit`."""

from ...programs import find
from ...session import Place
from ..call import Call
from ..errors import KubectlError, usage
from ..pods import container_of, pod_named, require_running

NOT_FOUND = (
    "Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "
    '"{id}": OCI runtime exec failed: exec failed: unable to start container process: exec: "{word}": executable file '
    "not found in $PATH"
)
TERMINATED = "command terminated with exit code {}"


def run(call: Call) -> None:
    before = call.args if call.dash < 0 else call.args[: call.dash]
    words = [] if call.dash < 0 else call.args[call.dash :]
    if not before and not call["filename"]:
        raise KubectlError("pod, type/name or --filename must be specified")
    if call.dash < 0 and len(before) > 1:
        raise usage("exec", "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead")
    if not words:
        raise KubectlError("you must specify at least one command for the container")
    pod = pod_named(call, before[0])
    container = container_of(call, pod, told=not call["quiet"])
    require_running(pod, container)
    code = inside(call, Place("pod", pod.namespace, pod.name), words)
    if code:
        call.complain(TERMINATED.format(code))


def inside(call: Call, place: Place, words: list[str]) -> int:
    """Run a program there; what it prints and its exit code are kubectl's."""
    program = find(words[0], place)
    if program is None:
        raise KubectlError(NOT_FOUND.format(id=f"{call.tx.digest('exec', call.cluster.rv, words):064x}", word=words[0]))
    session = call.session
    session.places.append(place)
    depth = len(session.places)
    try:
        done = program(words[1:], session, call.stdin if call["stdin"] else "")
    finally:
        opened = len(session.places) > depth
        del session.places[depth - 1]
        if opened and not call["stdin"]:
            # A shell without standard input has nothing to read and ends.
            del session.places[depth - 1 :]
    call.result.add(done)
    return done.code
