"""Glossary formats, one a file: the terms of the house as a file that other tools read, and back.

Pure: `Concept` values to bytes, bytes to values. What a file does not say stays at the model's
default; a concept to which a file gives no name has the empty id.
"""
