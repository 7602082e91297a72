"""What carrying costs."""
