"""What a file says of where it comes from: XMP and a signed C2PA manifest, put on finished bytes and read back."""
