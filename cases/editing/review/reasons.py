"""Why cases are returned, most often: codes that stand in the history, and what they are called."""

from cases.content import gettext_noop

REASONS = {
    "facts": gettext_noop("事实或数字有误"),
    "evidence": gettext_noop("数字缺少原文依据"),
    "source": gettext_noop("来源不清"),
    "words": gettext_noop("用词不当"),
    "structure": gettext_noop("举措、措施拆分不当"),
    "filing": gettext_noop("地区、部门或主题归错"),
    "pictures": gettext_noop("图片不合要求"),
    "duplicate": gettext_noop("与已有案例重复"),
    "scope": gettext_noop("不属于营商环境做法"),
}
