"""Finding the glossary's terms in running text, inflected forms included."""
