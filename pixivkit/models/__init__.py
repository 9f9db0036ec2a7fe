"""Models of replies: attrs classes, one module for each resource."""
