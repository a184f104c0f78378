"""Image Studio: a self-hosted image production line for people who publish."""

__version__ = "0.1.0"
