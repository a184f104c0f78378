"""The room that may hold bytes."""
