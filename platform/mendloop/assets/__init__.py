"""What products consist of, what is built into each asset, and how it got there."""
