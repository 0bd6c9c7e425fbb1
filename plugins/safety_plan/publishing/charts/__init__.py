"""Charts as positions in per cent, and the words around them. Templates draw them as SVG."""
