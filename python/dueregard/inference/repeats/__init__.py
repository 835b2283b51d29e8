"""How many events people have, and when the next one comes."""
