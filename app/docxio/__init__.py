"""Word files in and out; knows text, not the database."""
