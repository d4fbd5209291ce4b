"""Search: words in, facts out."""
