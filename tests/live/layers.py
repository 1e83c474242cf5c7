"""A channel layer that loses what it is told."""

import random
from typing import Any

from channels.layers import InMemoryChannelLayer


class Lossy(InMemoryChannelLayer):
    """Drops two messages in three."""

    def __init__(self, **config: Any) -> None:
        super().__init__(**config)
        self._random = random.Random(0)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if self._random.random() > 2 / 3:
            await super().group_send(group, message)
