"""What the engineer's app sends and reads: commands in, answers out, nothing dropped."""
