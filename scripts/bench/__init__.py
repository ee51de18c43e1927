"""Measuring the program: cases, the solvers beside it, their clock, tables and plots."""
