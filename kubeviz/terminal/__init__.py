"""What a learner types: `run(line, session)` gives what a real shell, kubectl, curl … would print."""
