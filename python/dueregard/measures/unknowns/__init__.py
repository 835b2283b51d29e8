"""Cases whose group is not known: what they could change, and who states what."""
