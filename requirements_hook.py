"""What the package needs, read from the requirements files: one list of pins."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class Requirements(MetadataHookInterface):
    """``dependencies`` from requirements.txt, the extra ``scale`` from requirements-scale.txt."""

    def update(self, metadata: dict[str, Any]) -> None:
        metadata["dependencies"] = self._pins("requirements.txt")
        metadata["optional-dependencies"] = {"scale": self._pins("requirements-scale.txt")}

    def _pins(self, name: str) -> list[str]:
        lines = (Path(self.root) / name).read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line and not line.startswith("#")]
