"""The figures, each in a file: which facts it reads, and what every order gives to it."""
