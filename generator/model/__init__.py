"""What an entry is: one module a kind. Imports nothing else of the project."""
