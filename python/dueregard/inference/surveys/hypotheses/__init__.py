"""Tests by design: of tables, means and ranks."""
