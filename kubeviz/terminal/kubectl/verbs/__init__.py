"""What each verb does: one file a verb (or a family of them), named in `table.py`."""
