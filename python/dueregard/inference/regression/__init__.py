"""Regressions with weights: linear ones from cross-products, and the cumulative logit; what each row does to them."""
