"""The doors of a class: joining, the learner's page, the instructor's console, the projector, the report."""
