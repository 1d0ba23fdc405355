"""The frame of the server's pages: layout, components, navigation."""
