"""Tables for screens and terminals."""
