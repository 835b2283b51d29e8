"""Who answered: rates of response by definition, classes in which responses differ."""
