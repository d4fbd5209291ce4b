"""Sheets → text, a module a format. Only `table` and `pictures` know Rich, imported when one is drawn."""
