"""Title marks as GB/T 15834 has them: within 《…》 a title stands in 〈…〉, and so on in turn."""

from __future__ import annotations

OPENING, CLOSING = "《〈", "》〉"


def in_marks(title: str) -> str:
    """A title in its marks.

    >>> in_marks("工作要点"), in_marks("关于印发《工作要点》的通知"), in_marks("转发《关于〈办法〉的意见》的通知")
    ('《工作要点》', '《关于印发〈工作要点〉的通知》', '《转发〈关于《办法》的意见〉的通知》')
    >>> in_marks("半个》标题")
    '《半个》标题》'
    """
    depth, text = 1, []
    for sign in title:
        if sign in OPENING:
            text.append(OPENING[depth % 2])
            depth += 1
        elif sign in CLOSING and depth > 1:
            depth -= 1
            text.append(CLOSING[depth % 2])
        else:
            text.append(sign)
    return f"《{''.join(text)}》"
