"""Those who were asked and those who answered: rates, classes, and bounds of what the others would have said."""
