"""Runs what the documents show: see book.py."""
