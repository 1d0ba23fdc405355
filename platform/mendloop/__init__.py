"""Mendloop's host: the web application around the engine."""
