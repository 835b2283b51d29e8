"""Shares of a workforce over those of a population, and the years to parity."""
