"""The author's desk, for instructors."""
