"""The web edge: who may enter, what a body may look like, what every answer carries."""
