"""What belongs to the page and not to the article: breadcrumbs, counters, tools, credits, links."""

from __future__ import annotations

import re

from cases.parsing.characters import listed

DATE_LABELS = listed(
    "发布日期 发布时间 发表时间 发表日期 发文日期 成文日期 更新时间 更新日期 公开日期 生成日期 发稿时间 "
    "信息时间 上传时间 录入时间 添加时间 创建时间 时间 日期"
)
SOURCE_LABELS = listed(
    "文章来源 信息来源 新闻来源 稿件来源 内容来源 来源单位 来源部门 发布机构 发布单位 发布部门 发布机关 "
    "发文机关 发文单位 发文机构 信息源 来源 稿源 出处 转自"
)
AUTHOR_LABELS = listed("作者 记者 通讯员 撰稿 撰文 文/图 图/文 文字 供稿 供稿单位 报送单位 报送部门 撰稿人 供稿人 来稿")
EDITOR_LABELS = listed("责任编辑 责编 编辑 本文责编")
OTHER_LABELS = listed(
    "审核 审签 签发 初审 复审 终审 一审 二审 三审 校对 校审 编审 监制 值班主任 主编 总编 值班编辑 摄影 图片 "
    "索引号 文号 主题分类 关键词 信息索引 有效性 "
    "字号大小 字体大小 字号 字体 浏览量 浏览次数 浏览 阅读次数 阅读量 阅读数 阅读 点击次数 点击数 点击量 "
    "公开方式 公开范围 公开责任部门 信息类别 信息分类 体裁分类 组配分类 发文字号 文件编号 "
    "点击率 点击 访问量 访问次数 访问 人气 查看 热度 "
    "分享到 分享至 分享 打印本页 打印 关闭窗口 关闭本页 关闭 收藏 复制链接 语音播报 视力保护色 保护视力色 "
    "背景色 责任部门 栏目 所属栏目 分类 评论 点赞"
)
_LABEL_KINDS = (
    dict.fromkeys(DATE_LABELS, "date")
    | dict.fromkeys(SOURCE_LABELS, "source")
    | dict.fromkeys(AUTHOR_LABELS, "author")
    | dict.fromkeys(EDITOR_LABELS, "editor")
    | dict.fromkeys(OTHER_LABELS, "other")
)
_LABEL_FORMS = "|".join(" {0,2}".join(label) for label in sorted(_LABEL_KINDS, key=len, reverse=True))
LABEL = re.compile(
    rf"(?P<label>{_LABEL_FORMS}) ?[：】]|(?<![\u4e00-\u9fff])(?P<bare>{_LABEL_FORMS})(?=[（\d| ]|$)"
    "|以下文章来源于"
)


def label_kind(label: str) -> str:
    """What a label stands before: date, source, author, editor or other."""
    return _LABEL_KINDS[label.replace(" ", "")]


_BREADCRUMB = re.compile(
    r"(?:您|你)?(?:现在|当前)?(?:所在|的)?(?:的)?位置[：】]|当前位置|您的位置|(?:网站)?(?:首页|主页) ?(?:>|"
    r"》|»|›|/|—|\||→|·|::|：：|\\)|.{0,20}(?:>|»|›) ?(?:首页|经验做法|典型案例|营商环境|正文|改革|动态|专题|"
    r"政务|创新)|.{0,30}(?:>|»|›) ?正文$"
)
_TOOL_WORDS = listed(
    "本网站支持ipv6 网站支持ipv6 english 支持ipv6 保护视力色 无障碍浏览 无障碍阅读 rss订阅 政务微博 关闭窗口 "
    "智能客服 加入收藏 新浪微博 个人中心 收藏本站 复制链接 ipv6 返回列表 智能问答 高级搜索 无障碍版 打印本页 "
    "政务微信 关闭本页 qq好友 我要纠错 网站地图 网站首页 返回顶部 回到顶部 语音播报 设为首页 长者模式 qq空间 "
    "简体版 适老版 扫一扫 听新闻 朋友圈 关怀版 客户端下载 新媒体矩阵 "
    "分享到 客户端 手机版 移动版 长者版 无障碍 分享至 rss 适老化 繁体版 登陆 微博 繁体 字体 在看 关闭 新浪 "
    "纠错 全文 举报 注册 检索 收藏 朗读 字号 首页 点赞 窗口 en 评论 简体 登录 特大 搜索 播报 本页 qq 返回 "
    "此页 分享 主页 默认 打印 微信 小 大 中"
)
_TOOLS = re.compile(
    rf"(?>{'|'.join(sorted(_TOOL_WORDS, key=len, reverse=True))}|[at][+—]?|[|·/、：>+—_\[\]【】（）])++"
)
_OF_ACCOUNTS = re.compile(
    r"收录于.*|预览时标签不可点.*|.{0,4}扫一扫.*关注.*|.*蓝字.*|.*设为星标.*|(?:听全文|在小说阅读器.*)|原创|—*(?:the)?end—*"
)
_COUNTED = re.compile("浏览|阅读|点击|访问|查看|人气|热度")
_COUNTER = re.compile(
    r"[【（]?(?:浏览|阅读|点击|访问|查看|人气|热度)(?:量|次数|数|率)?[：（]? ?(?:\d[\d,.]*|\[|—)*(?:万|"
    r"w)?\+? ?(?:次|人次)?[）】]?"
)
_SITE = re.compile(
    r".{0,24}(?:门户网站?|政府网|官方网站|政务网|信息网|官网|人民政府网|政务服务网|网站群?|公众网|公众号|"
    r"在线)$|中国.{2,8}(?:门户|政府网)|信用中国.{0,10}"
)
_COLUMN_WORDS = listed(
    "政府信息公开 优化营商环境 放管服改革 新闻动态 专题专栏 文章内容 详细内容 部门动态 优秀案例 营商环境 "
    "经验做法 地方动态 政务公开 "
    "各地动态 市县动态 政务动态 典型经验 工作交流 基层动态 信息公开 本地要闻 创新案例 改革案例 区县动态 "
    "典型案例 改革动态 复制推广 "
    "工作动态 改革创新 经验交流 今日要闻 最佳实践 工作简报 新闻中心 详细信息 政务要闻 图片新闻 文章正文 "
    "县区动态 要闻动态 市州动态 "
    "进行时 在行动 放管服 选登 做法 文章 观察 内容 平台 选编 推广 打造 之窗 信息 系列 汇编 报道 建设 专报 "
    "经验 成果 基层 "
    "头条 简报 一线 推介 专题 专栏 亮点 深化 交流 栏目 展播 详情 案例 优化 展示 实践 热点 创新 深度 改革 "
    "要闻 资讯 动态 "
    "特色 主动 正文 工作 地方 第 年 期 总 "
)
_COLUMNS = re.compile(rf"(?>{'|'.join(_COLUMN_WORDS)}|[一二三四五六七八九十\d]|[（）【】：·|/—])++")
_TAIL = re.compile(
    r"(?:相关|推荐|延伸|更多|热门|最新|往期)(?:阅读|链接|文章|新闻|信息|推荐|附件|报道|内容|稿件|资讯|回顾|"
    r"解读)|(?:今日|精彩|精选|编辑|为您|大家都在)(?:推荐|看点|看)|上一[篇条页则]|下一[篇条页则]|上篇|下篇|附件(?:[：:\d一二三四五]|下载|$)|友情链接|猜你喜欢|"
    r"主办(?:单位)?[：:]|承办(?:单位)?[：:]|版权(?:所有|声明)|备案号|.{0,40}(?:icp备|公网安备)|网站标识码|"
    r"联系(?:方式|我们|地址)[：:]|联系我们$|地址[：:]|(?:联系|咨询|客服|服务|新闻|监督|投诉|举报|纠错|值班)?(?:电话|热线)[：:]|"
    r"邮编[：:]|扫一扫|扫码|"
    r"扫描(?:二维码|下方)|长按(?:识别)?|关注(?:我们|公众号|.{2,12}公众号)|微信(?:公众号|扫)|返回(?:顶部|"
    r"列表)|copyright|技术支持|免责声明|特别声明|声明[：:]|本文(?:来源|转自)|"
    r"(?:点击|点此)(?:查看|下载|阅读)|阅读原文|打开(?:手机|微信)|网友评论|发表评论|您访问的链接|"
    r"本网(?:站)?(?:凡|注明)|凡本网|我要纠错|文件下载|建议使用|您是第"
)
EDITORS_NOTE = re.compile(r"[【（]?(?:编者按|编者的话|编者|按语)[】）]?[：】]?")
_SAMPLE_NOTE = re.compile(r"[（【>*—\s]*(?:注|说明|提示|声明)?：?.{0,16}(?:示例|虚构|演示|测试文本|仅供测试).{0,40}")
_CAPTION = re.compile(r"[（▲△↑↓◀▶]{0,2}(?:图片?[：:\d一二三四]|图为|上图|下图|左图|右图|照片[：:])")
_RULE = re.compile(r"[—_=*·.~#|\s>]{2,}|[\W_]+")


def is_tool(text: str) -> bool:
    """True for a line that is nothing but links and buttons of the page, a breadcrumb or a counter."""
    if len(text) >= 120:
        return False
    if _BREADCRUMB.match(text):
        return True
    if len(text) > 90:
        return False
    rest = _COUNTER.sub("", text) if _COUNTED.search(text) else text
    return bool(
        not rest
        or _TOOLS.fullmatch(rest.replace(" ", ""))
        or _RULE.fullmatch(text)
        or (len(text) < 40 and _OF_ACCOUNTS.fullmatch(text))
    )


def is_site_or_column(text: str) -> bool:
    """True for the name of a web site or of one of its columns."""
    if len(text) > 30:
        return False
    return bool(_SITE.fullmatch(text) or _COLUMNS.fullmatch(text))


def opens_tail(text: str) -> bool:
    """True for a line from which on the page is about other things."""
    return bool(_TAIL.match(text.lstrip("【（*>·●■— ")))


def is_note(text: str) -> bool:
    """True for a remark about the page: that its text is an example."""
    return len(text) < 90 and bool(_SAMPLE_NOTE.fullmatch(text))


def is_caption(text: str) -> bool:
    """True for the words under a picture."""
    return len(text) < 70 and bool(_CAPTION.match(text))
