"""The page: values to HTML (pure), and one gradio-facing module, ``rag.page.blocks``."""
