"""Chapeau, the drafting room of an expert group."""
