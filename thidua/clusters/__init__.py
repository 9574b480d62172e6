"""Clusters, their years and stages."""
