"""What was learned in one repair, brought to the next engineer when he needs it: cases, articles and bulletins."""
