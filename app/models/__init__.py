"""Tables and constraints, no rules."""
