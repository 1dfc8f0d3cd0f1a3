"""What to tell people when something fails: one plain sentence, never a traceback."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from etl.places import var_dir

_OS = {
    errno.ENOENT: "找不到",
    errno.EACCES: "没有权限读写",
    errno.EPERM: "没有权限读写",
    errno.EROFS: "所在的磁盘是只读的，不能写",
    errno.ENOSPC: "所在的磁盘已满，不能写",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "的上级不是文件夹",
    errno.EEXIST: "的位置已有同名的文件",
    errno.ENAMETOOLONG: "的名称太长",
}


def sentence(error: BaseException) -> str:
    """The sentence for an error: our own errors carry it, the system's are put into words.

    >>> sentence(FileNotFoundError(2, "No such file or directory", "a.txt"))
    '找不到 a.txt，请检查后再试。'
    """
    if type(error).__module__.startswith("etl."):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return _system(error)
    return f"程序出错（{type(error).__name__}：{error}），没有改动已发布的数据。请把这句话和所用的文件交给维护者。"


def _system(error: OSError) -> str:
    if _can_not_be_kept(Path(os.fsdecode(error.filename))):
        return f"不能在 {var_dir()} 建立文件夹或写入文件，请检查权限，或把 VAR_DIR 设为另一处可写的文件夹后再试。"
    what = _OS.get(error.errno or 0)
    name = str(error.filename)
    if what is None:
        return f"{name} 读写失败（{error.strerror}），请检查后再试。"
    told = f"找不到 {name}" if error.errno == errno.ENOENT else f"{name} {what}"
    return f"{told}，请检查后再试。"


def _can_not_be_kept(path: Path) -> bool:
    """Whether the failure is about the folder of what is built, which can't be made or written."""
    home = var_dir()
    return (path == home or home in path.parents) and not (home.is_dir() and os.access(home, os.W_OK))
