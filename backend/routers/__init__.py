"""The room that may speak HTTP."""
