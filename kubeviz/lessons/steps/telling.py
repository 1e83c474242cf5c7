"""Steps that change nothing: a request that is seen, an answer that is given."""

import shlex

from ...cluster.apiserver import Transaction
from .step import Line, Step


class Send(Step, tag="send", kw_only=True, rename={"source": "from"}):
    """A request; it changes nothing, and is seen."""

    source: Line = "internet"
    url: Line

    def run(self, tx: Transaction) -> None:
        """Whoever plays the solution sends it."""

    def command(self) -> str:
        kind, _, rest = self.source.partition("/")
        if kind == "pod" and rest.count("/") == 1:
            namespace, pod = rest.split("/")
            return f"kubectl exec {pod} -n {namespace} -- curl -s {shlex.quote(self.url)}"
        return f"curl {shlex.quote(self.url)}"


class Answer(Step, tag="answer", kw_only=True):
    """The right answer to a question among the checks; it changes nothing in the cluster."""

    check: Line
    value: Line

    def run(self, tx: Transaction) -> None:
        """Whoever plays the solution gives the answer to the check."""

    def command(self) -> str:
        return ""
