"""What every test relies on: no window, English labels, and the extensions found as Sphinx finds them."""

import os
import sys
from pathlib import Path

os.environ["MPLBACKEND"] = "agg"
os.environ.pop("CNNBOOK_LANGUAGE", None)
os.environ.pop("CNNBOOK_STORE", None)
sys.path.insert(0, str(Path(__file__).parent.parent / "docs" / "_ext"))
