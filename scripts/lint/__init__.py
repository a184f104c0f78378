"""The house's own lints: what no tool on the shelf checks. `python -m scripts.lint` runs them all."""
