"""Screens: request in, one use case, answer out."""
