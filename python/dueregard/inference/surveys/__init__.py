"""Samples drawn with a design: weighted totals by cluster and domain, and all that is made of them."""
