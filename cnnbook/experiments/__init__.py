"""What the book tries out by training: small networks, several random starts, results kept."""
