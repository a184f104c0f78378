"""The vocabulary: operation specs, requests and answers. No behaviour, no I/O."""
