"""Which parts a repair will probably need: what the template plans, and what earlier repairs like it used."""
