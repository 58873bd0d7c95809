"""Pure stages, one a file; each has one public function of the same name."""
