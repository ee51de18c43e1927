"""A Slurm of one node on loopback, for as long as a test needs it."""
