"""The same step with many cases: foreseen case by case, then done case by case, and told what came of each."""
