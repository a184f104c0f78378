"""Durable work. This room knows no studio words."""
