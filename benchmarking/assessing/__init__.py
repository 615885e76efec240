"""One assessment: its answers, its people, its life from opening to publication, its cycle."""
