"""Drafts to tasks with regions, and what people made of them back to claims."""
