"""Live doors: authorise, subscribe to the hub, forward its frames."""
