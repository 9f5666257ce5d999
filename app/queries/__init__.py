"""Reads: frozen rows for screens."""
