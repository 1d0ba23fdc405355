"""What an order needs of parts, what is held for it, and what became of it: planned, reserved, issued, settled."""
