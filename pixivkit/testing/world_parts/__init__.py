"""The parts of the world, each a class upon the one before; `World` is all of them."""
