"""Key drivers: what an outcome goes with, how much each explains, and whether groups differ in it."""
