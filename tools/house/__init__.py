"""What `make` runs: set-up of a fresh machine, then the product, its tests or its checks.

Runs on the system's Python before anything is installed, so it uses the standard library only.
"""
