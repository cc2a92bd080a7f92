"""The stock of a small warehouse."""
