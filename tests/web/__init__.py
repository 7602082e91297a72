"""The web app: how it is served, how large it is, and stories played in a browser."""
