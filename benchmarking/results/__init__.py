"""What published assessments show: of one trust, among its peers, and over the cycles."""
