"""JSON to models and back: the cattrs converter and its hooks."""
