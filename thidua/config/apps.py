"""Wires the slices together once Django has loaded them all."""

from django.apps import AppConfig


class ThiduaConfig(AppConfig):
    """The composition of the product."""

    name = "thidua.config"
    label = "thidua_config"

    def ready(self) -> None:
        """Fill the ports and register the reactions."""
        from thidua.config.wiring import wire

        wire()
