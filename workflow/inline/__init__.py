"""Inline codes in the files of other tools: unit markup as mixed content of XML, and back."""
