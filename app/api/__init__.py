"""JSON: request in, one use case, answer out."""
