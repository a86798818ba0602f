"""Drawing: arrays go in, Matplotlib axes come out. Nothing here computes what it shows."""
