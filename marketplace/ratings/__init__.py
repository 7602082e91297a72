"""What buyers think of a shop and a driver after a delivery: stars and words, told to people, never to dispatch."""
