"""The derived index: words (tantivy), vectors (FAISS), filter columns (NumPy), one snapshot."""
