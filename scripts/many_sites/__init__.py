"""Planning many sites, and what-if variants of them: what scripts/sites.py does."""
