"""Finding listings: documents, engines behind one Protocol, the projector that keeps an engine up to date."""
