"""Calendars judged from outside: a strict line checker, and two readers that share nothing."""
