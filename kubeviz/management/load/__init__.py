"""Load on purpose: a class of real clients, and the floor beside which it is measured."""
