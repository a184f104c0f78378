"""Image Studio: a self-hosted image production line for people who publish."""
