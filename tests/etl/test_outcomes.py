"""What is told of a source that was read."""

from __future__ import annotations

from etl.outcomes import summary
from etl.pipeline import read_notice

NOTICE = """关于印发《2021年工作要点》的通知
青科发〔2021〕7号

各县科技局：

现将《2021年工作要点》印发给你们，请认真贯彻落实。

青禾市科学技术局
2021年3月1日
"""


def test_a_title_within_a_title_stands_in_single_marks() -> None:
    assert summary(read_notice(NOTICE.encode(), name="a.txt")).startswith("《关于印发〈2021年工作要点〉的通知》，")
