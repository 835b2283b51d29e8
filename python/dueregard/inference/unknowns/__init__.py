"""Bounds over every allotment of cases whose group is not known."""
