"""The one writer of the library."""
