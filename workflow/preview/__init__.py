"""Drafts in a browser on this machine: what is asked for, what is answered, and to whom."""
