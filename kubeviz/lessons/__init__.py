"""What a learner is asked: where an exercise starts, what is wanted, how it can be done, and whether it was.

Everything here is a function of a frozen cluster; nothing is stored and nothing is sent.
"""
