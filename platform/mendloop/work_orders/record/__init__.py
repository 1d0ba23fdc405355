"""An order's record, as a person reads it: on the page and on paper from the same facts."""
