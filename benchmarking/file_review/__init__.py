"""Complaint files read by two people, blind to each other, and what they found."""
