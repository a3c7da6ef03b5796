"""One module a command: options, one library call, printing. No logic of its own."""
