"""Reference outputs of other people's released packages, and our functions held against them."""
