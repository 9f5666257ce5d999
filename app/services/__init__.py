"""Use cases: the only writers. Load, guard, change, record, commit."""
