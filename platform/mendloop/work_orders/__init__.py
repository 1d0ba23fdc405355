"""Work orders: how they are opened, advance, are watched, and become a record."""
