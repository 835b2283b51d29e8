"""Charts of findings: one file a kind of chart, drawn as SVG with a text alternative that says what it shows."""
