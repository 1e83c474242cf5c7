"""What ends a command, as kubectl words it."""


class KubectlError(Exception):
    """*message* as it is printed, after `error: ` unless it is *bare*."""

    def __init__(self, message: str, code: int = 1, bare: bool = False) -> None:
        super().__init__(message)
        self.text = message if bare else f"error: {message}"
        self.code = code

    def kubectl(self) -> str:
        return self.text if self.text.endswith("\n") else f"{self.text}\n"


class UsageError(KubectlError):
    """A command line that cannot be read."""

    def __init__(self, message: str, command: str, hint: str = "See 'kubectl {} --help' for usage.") -> None:
        path = command or ""
        super().__init__(f"{message}\n{hint.format(path).replace('kubectl  ', 'kubectl ')}")


def usage(command: str, message: str) -> KubectlError:
    """cmdutil.UsageErrorf."""
    return KubectlError(f"{message}\nSee 'kubectl {command} -h' for help and examples")
