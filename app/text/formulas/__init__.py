"""The formulas in which ministries word their proposals: read out of letters and tables, and printed again."""
