"""The form of a case: typed trees, what they say, how they are drawn, and the pages that save them."""
