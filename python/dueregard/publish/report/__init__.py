"""The report: one self-contained HTML file, one module a page."""
