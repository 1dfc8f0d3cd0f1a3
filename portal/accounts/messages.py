"""What Flask-Security says, in our words; the English stands in the catalogue like that of every other page."""

from __future__ import annotations


def _(text: str) -> str:
    """Marks a text for the catalogue; Flask-Security looks it up when it says it."""
    return text


ERROR, SUCCESS, INFO = "error", "success", "info"
_WRONG = _("输入的内容不对。请核对后再试。")
_OUTDATED = _("超过 %(within)s 没有完成。请重新开始。")
_CODE = _("验证码不对，或者已经用过。请等应用显示下一个验证码再试。")

MESSAGES: dict[str, tuple[str, str]] = {
    "API_ERROR": (_("这个请求不对或已经失效。请重新开始。"), ERROR),
    "GENERIC_AUTHN_FAILED": (
        _("没有登录成功：用户名、邮箱或密码不对，或者邮箱还没有确认，或者账号已停用。"),
        ERROR,
    ),
    "UNAUTHORIZED": (_("您的账号没有这项权限。"), ERROR),
    "UNAUTHENTICATED": (_("请先登录。"), ERROR),
    "REAUTHENTICATION_REQUIRED": (_("为了安全，请再输入一次密码。"), INFO),
    "REAUTHENTICATION_SUCCESSFUL": (_("已经核实是您本人。"), INFO),
    "ANONYMOUS_USER_REQUIRED": (_("您已经登录。"), ERROR),
    "LOGIN": (_("请先登录。"), INFO),
    "REFRESH": (_("为了安全，请再登录一次。"), INFO),
    "INVALID_REDIRECT": (_("要返回的网址不在本站。"), ERROR),
    "CONFIRM_REGISTRATION": (_("已向 %(email)s 发出一封邮件。请打开其中的链接完成注册。"), SUCCESS),
    "CONFIRMATION_REQUEST": (_("如果 %(email)s 有等待确认的账号，确认邮件已经发出。"), INFO),
    "CONFIRMATION_REQUIRED": (_("邮箱还没有确认。"), ERROR),
    "CONFIRMATION_EXPIRED": (_("确认邮箱的链接只在 %(within)s 内有效，已经过期。请再要一封确认邮件。"), ERROR),
    "EMAIL_CONFIRMED": (_("邮箱已经确认，请登录。"), SUCCESS),
    "ALREADY_CONFIRMED": (_("这个邮箱已经确认过。"), INFO),
    "INVALID_CONFIRMATION_TOKEN": (_("确认邮箱的链接不完整或已经失效。请再要一封确认邮件。"), ERROR),
    "DISABLED_ACCOUNT": (_("这个账号已停用。"), ERROR),
    "EMAIL_ALREADY_ASSOCIATED": (_("%(email)s 不能用。"), ERROR),
    "EMAIL_NOT_PROVIDED": (_("请填写邮箱。"), ERROR),
    "INVALID_EMAIL_ADDRESS": (_("邮箱写得不对，例如 name@example.org。"), ERROR),
    "USER_DOES_NOT_EXIST": (_WRONG, ERROR),
    "IDENTITY_NOT_REGISTERED": (_WRONG, ERROR),
    "INVALID_INPUT": (_WRONG, ERROR),
    "INVALID_INPUT_LENGTH": (_("太长了：请不要超过 %(length)s 个字符。"), ERROR),
    "FORGOT_PASSWORD": (_("忘记密码"), INFO),
    "PASSWORD_NOT_PROVIDED": (_("请填写密码。"), ERROR),
    "INVALID_PASSWORD": (_("密码不对。"), ERROR),
    "PASSWORD_MISMATCH": (_("两次输入的密码不一样。"), ERROR),
    "RETYPE_PASSWORD_MISMATCH": (_("两次输入的密码不一样。"), ERROR),
    "PASSWORD_IS_THE_SAME": (_("新密码和原来的一样。请换一个。"), ERROR),
    "PASSWORD_CHANGE": (_("密码已经修改，其他设备上的登录都已退出。"), SUCCESS),
    "PASSWORD_RESET_REQUEST": (_("如果 %(email)s 注册过，重设密码的邮件已经发出。"), INFO),
    "PASSWORD_RESET_EXPIRED": (_("重设密码的链接只在 %(within)s 内有效，已经过期。请再要一封邮件。"), ERROR),
    "INVALID_RESET_PASSWORD_TOKEN": (_("重设密码的链接不完整、已经用过或已经失效。请再要一封邮件。"), ERROR),
    "PASSWORD_RESET_NO_LOGIN": (_("密码已经重设，所有登录都已退出。请用新密码登录。"), SUCCESS),
    "INVALID_CODE": (_CODE, ERROR),
    "TWO_FACTOR_INVALID_TOKEN": (_CODE, ERROR),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_("登录成功。"), SUCCESS),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (_("两步验证已经开启。请接着生成恢复码，以防手机丢失。"), SUCCESS),
    "TWO_FACTOR_PERMISSION_DENIED": (_("这一步已经失效。请重新登录。"), ERROR),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (_WRONG, ERROR),
    "TWO_FACTOR_DISABLED": (_("两步验证已经关闭。"), SUCCESS),
    "TWO_FACTOR_SETUP_EXPIRED": (_OUTDATED, ERROR),
    "INVALID_RECOVERY_CODE": (_("恢复码不对，或者已经用过。"), ERROR),
    "NO_RECOVERY_CODES_SETUP": (_("还没有恢复码。"), INFO),
    "USERNAME_NOT_PROVIDED": (_("请填写用户名。"), ERROR),
    "USERNAME_INVALID_LENGTH": (_("用户名要有 %(min)d 至 %(max)d 个字。"), ERROR),
    "USERNAME_DISALLOWED_CHARACTERS": (_("用户名只能用汉字、英文字母、数字和 _ - ·。"), ERROR),
    "USERNAME_ALREADY_ASSOCIATED": (_("用户名“%(username)s”不能用。请换一个。"), ERROR),
    "USERNAME_CHANGE": (_("用户名已经修改。"), SUCCESS),
    "CHANGE_EMAIL_SENT": (_("已向 %(email)s 发出一封邮件。请打开其中的链接，新邮箱才会生效。"), SUCCESS),
    "CHANGE_EMAIL_CONFIRMED": (_("邮箱已经更换。"), SUCCESS),
    "CHANGE_EMAIL_EXPIRED": (_OUTDATED, ERROR),
    "WEBAUTHN_EXPIRED": (_OUTDATED, ERROR),
    "WEBAUTHN_NAME_REQUIRED": (_("请给通行密钥起个名字，例如“我的手机”。"), ERROR),
    "WEBAUTHN_NAME_INUSE": (_("已经有一把叫“%(name)s”的通行密钥。请换个名字。"), ERROR),
    "WEBAUTHN_NAME_NOT_FOUND": (_("您没有叫“%(name)s”的通行密钥。"), ERROR),
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": (_("通行密钥的名字只能用文字、数字、空格、_ 和 -。"), ERROR),
    "WEBAUTHN_CREDENTIAL_DELETED": (_("通行密钥“%(name)s”已经删除。"), INFO),
    "WEBAUTHN_REGISTER_SUCCESSFUL": (_("通行密钥“%(name)s”已经添加。"), SUCCESS),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": (_("这把通行密钥已经添加过。"), ERROR),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": (_("这把通行密钥不属于本站的任何账号。"), ERROR),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": (_("这把通行密钥不属于本站的任何账号。"), ERROR),
    "WEBAUTHN_NO_VERIFY": (_("通行密钥没有通过核验。请再试一次。"), ERROR),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": (_("这把通行密钥不能用在这里。"), ERROR),
    "WEBAUTHN_MISMATCH_USER_HANDLE": (_("这把通行密钥属于另一个账号。"), ERROR),
}

SUBJECTS = {
    "SECURITY_EMAIL_SUBJECT_REGISTER": _("关于您的注册"),
    "SECURITY_EMAIL_SUBJECT_CONFIRM": _("请确认邮箱"),
    "SECURITY_EMAIL_SUBJECT_PASSWORD_RESET": _("设新密码"),
    "SECURITY_EMAIL_SUBJECT_PASSWORD_NOTICE": _("您的密码已经重设"),
    "SECURITY_EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": _("您的密码已经修改"),
    "SECURITY_CHANGE_EMAIL_SUBJECT": _("请确认新邮箱"),
    "SECURITY_EMAIL_SUBJECT_USERNAME_CHANGE_NOTICE": _("您的用户名已经修改"),
}
"""What messages are about."""
