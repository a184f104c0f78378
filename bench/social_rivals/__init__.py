"""Makers of the same files, each in a process of its own that is told on its input what to do, and answers in lines."""
