"""Periodic reports of the units, and the head's consolidated one."""
