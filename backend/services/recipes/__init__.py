"""Recipes: what may follow what, what a run costs, and how runs are brought on."""
