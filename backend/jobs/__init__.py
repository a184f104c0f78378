"""Durable work. This room knows no studio words: the container hands it a table of what each operation means."""
