"""One check a file. A check is pure, knows no language by name, and carries its own examples."""
