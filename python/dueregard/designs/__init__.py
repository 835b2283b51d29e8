"""How a sample was drawn, and any table read with it: labels in, clusters and cells out."""
