"""A catalogue of made-up datasets in every dialect: seconds and peak memory, which must not grow with the catalogue."""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, overload

from etl.catalogue import ckan_search, data_json, dcat, llms, packages, sitemap
from etl.catalogue.ckan import package
from etl.catalogue.record import Catalogue, File, Series
from etl.declaration import Collection, load
from etl.places import ROOT, site_file
from etl.site import Site, load_site

DATASETS = int(os.environ.get("BENCH_DATASETS", "10000"))


@dataclass(frozen=True)
class Measured:
    """What making a dialect took."""

    seconds: float
    peak: int
    size: int


class MadeUp(Sequence[Series]):
    """Collections that are made when they are looked at, and kept nowhere."""

    def __init__(self, site: Site, pattern: Collection, number: int) -> None:
        self._site, self._pattern, self._number = site, pattern, number

    @overload
    def __getitem__(self, index: int) -> Series: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Series]: ...

    def __getitem__(self, index: int | slice) -> Series | Sequence[Series]:
        if isinstance(index, slice):
            return [self._made(n) for n in range(*index.indices(self._number))]
        if not 0 <= index < self._number:
            raise IndexError(index)
        return self._made(index)

    def __len__(self) -> int:
        return self._number

    def _made(self, number: int) -> Series:
        own = {**self._pattern.descriptor, "name": f"bureau-{number:05}", "title": f"第{number}个单位的公文数据集"}
        collection = replace(self._pattern, descriptor=own)
        at = f"/catalogue/{collection.name}"
        return Series(
            *(self._site, collection, "1.0.0", "2026-11-24", "2026-11-24", "0" * 64),
            rows={t.name: 100 for t in collection.tables},
            files={t.name: (File("csv", f"{at}/{t.name}.csv", 1, "0" * 64),) for t in collection.tables},
        )


def made_up(datasets: int) -> Catalogue:
    """A catalogue of at least that many datasets."""
    site, pattern = load_site(site_file()), load(ROOT / "datasets" / "zhenjiang-stb")
    return Catalogue(site, MadeUp(site, pattern, -(-datasets // len(pattern.tables))))


def dialects(catalogue: Catalogue) -> dict[str, Callable[[], Iterator[bytes]]]:
    """Each dialect as it is sent: whole, or a page where it has pages."""
    last = dcat.last_page(catalogue)

    def page(number: int, form: str) -> Iterator[bytes]:
        yield dcat.serialised(dcat.page(catalogue, number) or {}, form)

    def found(start: int) -> Iterator[bytes]:
        chosen = ckan_search.search(catalogue, "目标", "", "", start, 100, ())
        return (str(package(d)).encode("utf-8") for d in chosen.datasets)

    return {
        "catalog.jsonld, first page": lambda: page(1, "jsonld"),
        "catalog.jsonld, last page": lambda: page(last, "jsonld"),
        "catalog.ttl, last page": lambda: page(last, "ttl"),
        "data.json": lambda: data_json.data_json(catalogue),
        "datapackage.json": lambda: packages.whole(catalogue),
        "sitemap.xml": lambda: sitemap.index(catalogue),
        "llms.txt": lambda: llms.llms(catalogue),
        "package_search, first": lambda: found(0),
        "package_search, last": lambda: found(len(catalogue.collections) - 100),
    }


def measured(make: Callable[[], Iterator[bytes]]) -> Measured:
    """What it takes to make and send a dialect piece by piece."""
    tracemalloc.start()
    began = time.perf_counter()
    size = sum(map(len, make()))
    seconds, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Measured(seconds, peak, size)


def main() -> None:
    """Every dialect over a tenth of the catalogue and over all of it."""
    few, many = dialects(made_up(DATASETS // 10)), dialects(made_up(DATASETS))
    print(f"{DATASETS} datasets; peak MB over a tenth and over all; seconds with memory traced, which slows all down")
    for name, make in many.items():
        small, whole = measured(few[name]), measured(make)
        peaks: tuple[Any, ...] = (small.peak / 1e6, whole.peak / 1e6)
        print(f"{name:28} {peaks[0]:8.1f} {peaks[1]:8.1f} MB {whole.seconds:8.2f} s {whole.size / 1e6:8.1f} MB sent")


if __name__ == "__main__":
    main()
