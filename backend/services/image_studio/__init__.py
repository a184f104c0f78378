"""The studio: what to do, by whom, at what price, and what was promised."""
