"""The trace as others get it: an object that tells its hops when asked, and the JSON it is written as."""

from typing import Any

import msgspec

from . import curl
from .journey import Affinity, Journey, Story
from .model import Curl, Hop, Http
from .reasons import ENDINGS
from .request import Request

SCHEMA = 1
_ENCODER = msgspec.json.Encoder()


class Asked(msgspec.Struct, gc=False, rename={"source": "from"}):
    """The request as the trace repeats it."""

    source: str
    method: str
    url: str
    host: str
    headers: dict[str, str]
    protocol: str
    client_ip: str


class Record(msgspec.Struct, gc=False):
    """The trace as it is written: one JSON object."""

    schema: int
    request: Asked
    rv: int
    seed: int
    verdict: str
    reason: str
    http: Http | None
    curl: Curl
    served_by: str | None
    endpoints: list[str]
    source_ip: str | None
    hops: list[Hop]
    calls: list["Record"]


class Trace:
    """What happened. The verdict is there at once; `hops` are told when they are first asked for."""

    __slots__ = ("_hops", "_journey")

    def __init__(self, journey: Journey) -> None:
        self._journey = journey
        self._hops: list[Hop] | None = None

    @property
    def reason(self) -> str:
        return self._journey.reason

    @property
    def request(self) -> Request:
        return self._journey.request

    @property
    def verdict(self) -> str:
        return self._journey.verdict or ENDINGS[self._journey.reason].verdict

    @property
    def http(self) -> Http | None:
        return self._journey.http

    @property
    def served_by(self) -> str | None:
        return self._journey.served_by

    @property
    def source_ip(self) -> str | None:
        return self._journey.source_ip

    @property
    def calls(self) -> tuple["Trace", ...]:
        return self._journey.calls

    @property
    def affinity(self) -> Affinity:
        """The table of session affinity as it is after this request."""
        journey = self._journey
        return {**journey.affinity, **journey.sticky}

    @property
    def endpoints(self) -> list[str]:
        """Every endpoint that could have been chosen."""
        return [e.ref for e in self._journey.endpoints]

    @property
    def curl(self) -> Curl:
        return curl.outcome(self._journey, self.verdict)

    @property
    def hops(self) -> list[Hop]:
        if self._hops is None:
            story = Story(self._journey)
            for entry in self._journey.log:
                entry[0](story, *entry[1:])
            self._hops = story.hops
        return self._hops

    @property
    def record(self) -> Record:
        journey, verdict = self._journey, self.verdict
        return Record(
            SCHEMA,
            _asked(journey),
            journey.cluster.rv,
            journey.seed,
            verdict,
            journey.reason,
            journey.http,
            curl.outcome(journey, verdict),
            journey.served_by,
            self.endpoints,
            journey.source_ip,
            self.hops,
            [call.record for call in journey.calls],
        )

    def to_json(self) -> bytes:
        return _ENCODER.encode(self.record)

    def to_dict(self) -> dict[str, Any]:
        found: dict[str, Any] = msgspec.to_builtins(self.record)
        return found


def _asked(j: Journey) -> Asked:
    request = j.request
    host = request.header("host") or j.target.host_header
    return Asked(request.source, request.method, request.url, host, request.headers, j.protocol, j.client)
