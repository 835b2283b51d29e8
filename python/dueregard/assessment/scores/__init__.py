"""What the answers come to: scores, thresholds, levels, what is unmet, what reaches the next level."""
