"""Income tax that a designated marketplace withholds from its sellers (PPh 22, PMK 37/2025)."""
