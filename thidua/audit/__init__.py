"""The journal and publish(event, actor)."""
