"""What travels with a copy of the handbook: verifying, updating, searching. Python's standard library alone.

The modules are copied into each copy as they stand; they import each other and, for searching, `search`.
"""
