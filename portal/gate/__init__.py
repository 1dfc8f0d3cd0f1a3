"""What every request passes first: which hosts, paths and bodies are let in, and which headers go out."""
