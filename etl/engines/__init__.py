"""Engines: who reads many sources — processes on this machine that may be killed, or an existing Dask cluster."""

from __future__ import annotations

from etl.batch import Engine
from etl.engines.failure import EngineError
from etl.engines.local import Local, Readers, loose

__all__ = ["DASK", "EngineError", "Local", "Readers", "engine_named", "loose"]

DASK = "dask:"


def engine_named(name: str) -> Engine:
    """The engine of that name: `local`, or `dask:ADDRESS` of a scheduler."""
    if name == "local":
        return Local()
    if name.startswith(DASK) and name != DASK:
        # Imported here: Dask is large, and need not be installed.
        from etl.engines.cluster import Cluster

        return Cluster(name.removeprefix(DASK))
    raise EngineError(f"没有“{name}”这种运行方式：请写 local，或 dask:调度器地址（如 dask:tcp://10.0.0.1:8786）。")
