"""How a change is written down: JSON merge patch, JSON patch, strategic merge patch, and what `kubectl apply` merges.

None of these changes the object it is given; each gives a changed copy.
"""

from typing import Literal

PatchKind = Literal["strategic", "merge", "json"]
