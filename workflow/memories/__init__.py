"""Translation memories as files: TMX in and out. Pure: bytes to values, values to bytes."""
