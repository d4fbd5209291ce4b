"""Output: facts as tables, pages and machine formats, a module a format."""
