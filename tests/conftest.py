"""What every test relies on: no window opens, and labels are English."""

import os

os.environ["MPLBACKEND"] = "agg"
os.environ.pop("CNNBOOK_LANGUAGE", None)
os.environ.pop("CNNBOOK_STORE", None)
