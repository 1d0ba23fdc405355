"""Parts for tests, of this product and of its plugins: the cast, a visitor with a browser's habits, ready databases."""
