"""Findings in plain English, a file for each kind of them."""
