"""What goes with the data for people: how to read, verify, cite and use it."""

from __future__ import annotations

import json
from typing import Any

from etl.declaration import Collection
from etl.releasing.manifest import archive_name
from etl.tables import Rows


def readme(collection: Collection, rows: Rows, released_on: str, redactions: list[dict[str, Any]]) -> str:
    """The README, Chinese and English."""
    said, name, version = collection.descriptor, collection.name, collection.version
    archive = archive_name(name, version)
    tables = "\n".join(
        f"| {t.name} | {t.title} {t.title_en} | {len(rows.get(t.name, ()))} | {t.description} |"
        for t in collection.tables
    )
    masked = f"\n本版有 {len(redactions)} 处发布后遮盖，见 redactions.json。\n" if redactions else ""
    return f"""# {collection.title} {version}

{said.get("description", "")}

版本 {version}，{released_on} 发布。各列的含义和单位见 datapackage.json 或工作簿中的“数据字典”。
{masked}
| 表 | 名称 | 行数 | 说明 |
|---|---|---|---|
{tables}

## 文件
- `data/*.csv`：各表（UTF-8，逗号分隔），是其他格式的依据；`data/*.json`：同样的行
- `parquet/*.parquet`、`{name}.db`（SQLite，含全文检索）、`{name}.xlsx`（含数据字典）
- `spreadsheet/*.csv`：供电子表格软件打开（带 BOM；以 = + - @ 起头的文字前加了单引号）
- `sources/*.txt`：公文的公开文本（应扣留处以█遮盖），各表的起止按其字符计
- `withdrawn.json`：已撤回的编号、理由和替代者
- `datapackage.json`：数据包描述（Data Package v2）；`LICENSE.md`：许可；`CITATION.cff`：引用方法
- `SHA256SUMS`、`manifest.json`、`manifest.json.minisig`：校验和与签名

## 核对
公钥 `minisign.pub` 见本站版本页，请从可信的来处取得。

    minisign -Vm {archive} -p minisign.pub
    minisign -Vm manifest.json -p minisign.pub && sha256sum -c SHA256SUMS

# {collection.title_en} {version}

{said.get("description_en", "")}

Version {version}, released on {released_on}. `data/*.csv` is what all other forms are made of; columns, types and units
are described in `datapackage.json` and in the workbook's dictionary. Offsets in all tables count characters of
`sources/*.txt`, in which what is held back is masked by █. Verify with the commands above; take the public key from a
place that you trust. Licence: see `LICENSE.md`; how to cite: see `CITATION.cff`.
"""


def citation(collection: Collection, released_on: str) -> str:
    """CITATION.cff; JSON texts are YAML, whatever stands in them."""
    said = collection.descriptor
    publisher = said.get("publisher") or {"name": collection.title}
    lines = {
        "cff-version": "1.2.0",
        "message": "引用本数据时请注明版本。If you use these data, please cite this version.",
        "type": "dataset",
        "title": collection.title,
        "abstract": said.get("description", collection.title),
        "version": collection.version,
        "date-released": released_on,
        "authors": [{"name": publisher["name"]}],
        **({"license": licences[0]} if (licences := [one["name"] for one in said.get("licenses", ())]) else {}),
        **({"keywords": said["keywords"]} if said.get("keywords") else {}),
    }
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items())


def licence(collection: Collection) -> str:
    """LICENSE.md from what the declaration says."""
    found = collection.descriptor.get("licenses", ())
    parts = [
        f"- {one.get('title', one['name'])}\n- {one.get('title_en', one['name'])}\n- {one['path']}" for one in found
    ]
    told = (
        "\n\n".join(parts) or "没有声明许可：使用前请询问发布者。No licence is declared: ask the publisher before use."
    )
    return f"# 许可 Licence\n\n{collection.title} {collection.version}\n\n{told}\n"
