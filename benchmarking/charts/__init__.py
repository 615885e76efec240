"""Charts: a result in; a figure, its sentence, its description and its table out."""
