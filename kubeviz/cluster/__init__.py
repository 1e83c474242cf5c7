"""The state of a cluster, and the rules by which the API server changes it."""
