"""The words of a region beside the vocabulary, at its desk."""
