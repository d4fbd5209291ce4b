"""Texts held against stores: audit and verify."""
