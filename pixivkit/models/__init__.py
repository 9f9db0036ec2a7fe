"""What replies become: attrs classes, one module for each resource."""
