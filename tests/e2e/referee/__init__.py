"""A second opinion on plans, written in Python from the reference and sharing nothing with the
program: reads clinics in plain spellings, judges the hard rules, adds up the cost."""
