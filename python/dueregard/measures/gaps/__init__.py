"""Gaps between the answers of groups: shares, whole scales, pay and times."""
