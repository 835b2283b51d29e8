"""Replicates: a sample made again, by clusters left out, halves or draws, and values over it."""
