"""What needs a person: one inbox derived from the state of everything, told by e-mail and by any further channel."""
