"""`python -m mendloop`: the same as the `mendloop` command."""

from mendloop.cli import main

main(prog_name="mendloop")
