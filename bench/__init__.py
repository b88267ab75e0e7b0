"""What the product's speed is held by: `make bench [ONLY=name]`. One module a bench, each beside its peers."""
