"""Dates: EDTF, dates as people write them, and periods in words."""
