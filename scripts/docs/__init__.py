"""Pages of the documentation that the code already knows. `python -m scripts.docs` writes them all."""
