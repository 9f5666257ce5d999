"""The text of a draft: provisions, tokens, differences, composition, brackets, numbering. Pure."""
