"""A command that is not there: said as bash and busybox' sh say it, with the nearest one that is."""

from .. import files
from ..nearest import nearest
from ..programs import find, names
from ..session import Result, Session


def unknown(name: str, session: Session) -> Result:
    in_pod = session.place.kind == "pod"
    if "/" in name:
        return _no_file(name, session, in_pod)
    result = Result(err=f"sh: {name}: not found\n" if in_pod else f"bash: {name}: command not found\n", code=127)
    close = nearest(name, names(session.place))
    if close:
        return result.note("DidYouMean", word=close)
    if find(name, None) is not None:
        return result.note("NotHere", word=name, place=session.place.kind)
    return result


def _no_file(path: str, session: Session, in_pod: bool) -> Result:
    """Files are there to be read; none of them is a program."""
    shell = "sh" if in_pod else "bash"
    if files.read(session, path) is not None:
        return Result(err=f"{shell}: {path}: Permission denied\n", code=126)
    return Result(err=f"{shell}: {path}: {'not found' if in_pod else 'No such file or directory'}\n", code=127)
