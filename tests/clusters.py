"""A Spark cluster of one master and one worker on loopback, and readers of files that go wrong on it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from kg.collection import Taken, take
from kg.errors import KgError

TESTS = Path(__file__).parent
SETTINGS = """
spark.ui.enabled                false
spark.sql.shuffle.partitions    2
spark.sql.codegen.wholeStage    false
spark.driver.memory             512m
spark.executor.memory           512m
spark.driver.extraJavaOptions   -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
"""
MISSING = next((f"{name} is not installed" for name in ("pyspark", "pandas", "pyarrow") if find_spec(name) is None), "")
if not MISSING and shutil.which("java") is None:
    MISSING = "Java is not installed"


def settings(folder: Path) -> dict[str, str]:
    """The environment of Spark for tests: small, on loopback, with the code of this clone and a poor locale."""
    (folder / "spark-defaults.conf").write_text(SETTINGS, encoding="utf-8")
    return {
        "LC_ALL": "C",
        "PYTHONPATH": os.pathsep.join((str(TESTS.parent / "src"), str(TESTS))),
        "SPARK_CONF_DIR": str(folder),
        "SPARK_DAEMON_JAVA_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(folder / "work"),
    }


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of the master of a cluster with two cores; its processes end with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    master = f"spark://127.0.0.1:{port}"
    deploy, here = "org.apache.spark.deploy", ("--host", "127.0.0.1", "--webui-port", "0")
    with (
        _process(folder, f"{deploy}.master.Master", *here, "--port", str(port)),
        _process(folder, f"{deploy}.worker.Worker", *here, "--cores", "2", "--memory", "1g", master),
    ):
        _wait(port)
        yield master


@contextmanager
def _process(folder: Path, *words: str) -> Iterator[None]:
    import pyspark

    command = [str(Path(pyspark.__file__).parent / "bin" / "spark-class"), *words]
    with (
        (folder / f"{words[0]}.log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | settings(folder)) as process,
    ):
        try:
            yield
        finally:
            process.terminate()


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the master does not start")


def killed_once(path: Path, *, base: str) -> Taken:
    """Read a file; at the first attempt the process that reads c.txt is killed, as where memory ends."""
    from pyspark import TaskContext

    task = TaskContext.get()
    if path.name == "c.txt" and task is not None and task.attemptNumber() == 0:
        path.with_suffix(".killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return take(path, base=base)


def broken(path: Path, *, base: str) -> Taken:
    """A reader that fails at every file."""
    raise KgError(f"no lexicon for {path.name}")
