"""Samples from a whole that is known and not much larger: what is left unchecked is all that is unknown."""
