"""Speed and memory of `cnnbook.functional` beside other implementations; `python -m benchmarks`."""
