"""The rules of negotiation: vocabulary, workflows, permissions, refusals. Pure."""
