"""What a learner does, in a real browser: found by roles and `data-*`, never by pictures."""
