"""llms.txt: the site in a page of Markdown, for language models."""

from __future__ import annotations

from collections.abc import Iterator

from etl.catalogue.record import Catalogue


def llms(catalogue: Catalogue) -> Iterator[bytes]:
    """What is here, how to get it, how to cite it; a line for each dataset."""
    address = catalogue.site.address
    official = "" if catalogue.site.official else "非官方网站，不代表任何政府机关。Not an official site.\n\n"
    yield f"""# {catalogue.title.zh} · {catalogue.title.en}

> {catalogue.description.zh} {catalogue.description.en}

{official}每一行数据都有永久链接和原文引句；引用时请给出链接和版本。数字前的限定词（达到、以上、左右、力争）是数据的一部分，不可省略。
Every row has a permanent link and the sentence it was read from: cite both. Qualifiers belong to the numbers.

## 接口 Interfaces

- [MCP]({address}/mcp): 检索、列出、说明、取一行、只读 SQL (streamable HTTP)
- [OpenAPI]({address}/openapi.json): 全部接口的说明
- [搜索 Search]({address}/search.json?q=研发): JSON，支持中文
- [SQL]({address}/data/): 只读查询
- [CKAN Action API]({address}/api/3/action/package_search)
- [DCAT-AP]({address}/catalog.ttl): Turtle；另有 [JSON-LD]({address}/catalog.jsonld) 和 [RDF/XML]({address}/catalog.rdf)
- [Data Package]({address}/datapackage.json): 供 Frictionless 等工具
""".encode()
    for series in catalogue.collections:
        yield f"\n## [{series.title.zh}]({series.url})\n\n{series.description.zh}版本 {series.version}。\n\n".encode()
        for dataset in series.datasets:
            described = dataset.table.description or dataset.table.title
            yield f"- [{dataset.table.title}]({dataset.url}.json): {described}{dataset.rows} 行。\n".encode()
