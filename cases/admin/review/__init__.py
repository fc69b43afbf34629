"""The review of cases: its steps, what is read and remarked, what waits for whom."""
