"""Type: which fonts there are, how words become outlines, how lines are set."""
