"""What every step is: something done to a cluster, and the command line that it stands for."""

from typing import Annotated

import msgspec
from msgspec import Meta

from ...cluster.apiserver import Transaction

Text = Annotated[str, Meta(max_length=20_000)]
Line = Annotated[str, Meta(max_length=400)]


class StepFailed(Exception):
    """A step that this cluster does not allow, in words for the author."""


class Step(msgspec.Struct, tag_field="do", forbid_unknown_fields=True, kw_only=True):
    """`say` explains the step to whoever has the solution shown."""

    say_ko: Text = ""
    say_en: Text = ""

    def run(self, tx: Transaction) -> None:
        """Change the cluster. Raises StepFailed, Rejected, ManifestError, LoadError."""
        raise NotImplementedError

    def command(self) -> str:
        """The line of the terminal that it stands for."""
        raise NotImplementedError
