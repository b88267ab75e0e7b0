"""What a bench does inside the product's own process; each prints one JSON object on its last line."""
