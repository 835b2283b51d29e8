"""Events over people: rates and shares on a basis, what came of them, and rates made comparable."""
