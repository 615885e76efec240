"""What a trust promised to do, who does it and by when."""
