"""When work counts as stuck. Not a measure of speed (bench/ has those): a bound no busy machine meets by waiting its
turn, and work that grows with the square of a hostile text passes at once."""

STUCK = 30  # seconds
