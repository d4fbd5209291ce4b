"""Sheets → text, a module a format. Only `table` knows Rich, and it is imported when a table is asked for."""
