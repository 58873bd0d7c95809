"""One machine translation service a file; the only code that opens a connection."""
