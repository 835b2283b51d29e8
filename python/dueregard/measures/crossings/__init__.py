"""Every combination of characteristics."""
