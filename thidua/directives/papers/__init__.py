"""Workbooks of directives."""
