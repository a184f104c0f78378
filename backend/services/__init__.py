"""The room that may decide."""
