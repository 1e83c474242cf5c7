"""A small POSIX shell: reads a command line, runs programs of ours, and never touches the server's own."""
