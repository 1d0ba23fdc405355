"""Mendloop's engine: how a work order advances, as pure functions."""
