"""Made-up clinics: the parts behind scripts/generate.py."""
