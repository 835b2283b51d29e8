"""People with several events."""
