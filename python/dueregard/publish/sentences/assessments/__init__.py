"""Assessments in plain English, a file for each noun: scores, levels, strengths, performance, rounds."""
