"""How many people there are in each group."""
