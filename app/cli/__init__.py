"""Commands: arguments in, one use case, lines out."""
