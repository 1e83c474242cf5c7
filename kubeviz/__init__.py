"""kubeviz: a Kubernetes network in a classroom browser tab."""
