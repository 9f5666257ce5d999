"""The sample: an invented round of the SCO expert group, made through the use cases."""
