"""Who somebody is, what they may do here, and what is kept about them."""
