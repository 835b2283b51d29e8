"""Tests of groups in a survey: tables, means and ranks, as findings."""
