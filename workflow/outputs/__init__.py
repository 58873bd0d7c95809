"""One output format a file: what was found, for another program to read."""
