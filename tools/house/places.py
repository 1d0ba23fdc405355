"""Where things are in a checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
NODE_MODULES = ROOT / "node_modules"
REQUIREMENTS = ROOT / "requirements"
BUNDLES = [ROOT / "platform" / "mendloop" / "static" / name for name in ("runner", "designer")]
FONTS = ROOT / "platform" / "mendloop" / "_fonts"
