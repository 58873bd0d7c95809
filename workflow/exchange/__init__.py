"""Exchange formats, one a file: a catalogue as a file that a translator's tools open, and back.

XLIFF carries inline codes as codes; a table carries them in unit markup, as a PO file does.
"""
