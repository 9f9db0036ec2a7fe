"""Structure JSON as models and back: the cattrs converter and its hooks."""
