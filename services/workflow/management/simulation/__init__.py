"""Years of a district played by the real commands with a moved clock, in a database of its own."""
