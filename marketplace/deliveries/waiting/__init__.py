"""What a seller pays whose order kept its driver waiting."""
