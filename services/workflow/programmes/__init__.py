"""Programmes as files, one folder each, with example rows for what a document is cut off at."""
