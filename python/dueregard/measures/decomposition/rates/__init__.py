"""Gaps of counts taken apart by crossed factors: composition and rates."""
