"""Runs a command and prints, as JSON, its processor time (user + system), wall time (seconds) and largest size (bytes).

measure-process.py [--cores N] COMMAND...; with --cores the command runs on that many processors.
"""
import json
import os
import resource
import subprocess
import sys
import time

words = sys.argv[1:]
if words[0] == "--cores":
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: int(words[1])]))
    words = words[2:]
begin = time.monotonic()
run = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
wall = time.monotonic() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "status": run.returncode,
    "cpu": used.ru_utime + used.ru_stime,
    "wall": wall,
    "bytes": used.ru_maxrss * 1024,
    "stdout": run.stdout.decode() if len(run.stdout) < 100_000_000 else "",
    "stderr": run.stderr.decode()[-2000:],
}))
