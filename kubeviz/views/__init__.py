"""The page's doors: each view parses, calls one action or query, and renders."""
