"""The room that may speak SQL."""
