"""Numbers: one grammar for figures, running text and queries."""
