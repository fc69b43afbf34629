import csv
import re
from collections import Counter
from pathlib import Path

import pytest

TABLE = Path(__file__).parents[2] / "cases" / "data" / "regions.csv"


@pytest.fixture(scope="module")
def regions():
    """All rows by code; a code that came twice would be missing from the count."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def test_luohe_is_a_city_of_henan(regions):
    assert regions["411100"] == {
        "code": "411100",
        "name": "漯河市",
        "parent": "410000",
        "level": "prefecture",
        "short_name": "漯河",
        "pinyin": "luohe",
        "initials": "lh",
        "name_en": "Luohe",
    }


def test_there_are_3217_divisions_of_three_levels(regions):
    assert Counter(row["level"] for row in regions.values()) == {"province": 34, "prefecture": 333, "county": 2850}


def test_codes_have_six_digits_and_stand_in_order_once_each():
    lines = TABLE.read_bytes().decode("utf-8").removesuffix("\n").split("\n")
    codes = [line.split(",")[0] for line in lines[1:]]

    assert codes == sorted(set(codes))
    assert [code for code in codes if not re.fullmatch(r"\d{6}", code)] == []
    assert [line for line in lines if "\r" in line or line.count(",") != 7] == []


def test_the_parent_of_a_division_shares_the_beginning_of_its_code(regions):
    def holds(row):
        parent = regions.get(row["parent"])
        if row["level"] == "province":
            return row["parent"] == ""
        if row["level"] == "county" and parent["level"] == "prefecture":
            return row["code"].startswith(parent["code"][:4])
        return parent["level"] == "province" and row["code"].startswith(parent["code"][:2])

    assert [row["code"] for row in regions.values() if not holds(row)] == []


@pytest.mark.parametrize(
    ("column", "pattern"),
    [
        ("short_name", r"[一-鿿]{2,}"),
        ("pinyin", r"[a-z]+"),
        ("initials", r"[a-z]{2,}"),
        ("name_en", r"[A-Z][A-Za-zü' -]+"),
    ],
)
def test_every_division_has_names_of_the_right_letters(regions, column, pattern):
    assert [row["code"] for row in regions.values() if not re.fullmatch(pattern, row[column])] == []


def test_there_is_one_initial_for_each_character_of_the_short_name(regions):
    assert [row["code"] for row in regions.values() if len(row["initials"]) != len(row["short_name"])] == []


def test_no_two_divisions_above_the_county_share_a_short_name(regions):
    names = Counter(row["short_name"] for row in regions.values() if row["level"] != "county")

    assert [name for name, count in names.items() if count > 1] == []


def test_no_county_has_the_short_name_of_a_province_or_prefecture(regions):
    above = {row["short_name"] for row in regions.values() if row["level"] != "county"}

    assert [row["code"] for row in regions.values() if row["level"] == "county" and row["short_name"] in above] == []


READINGS = """
六安市 luan la, 亳州市 bozhou bz, 台州市 taizhou tz, 长垣市 changyuan cy, 重庆市 chongqing cq, 厦门市 xiamen xm,
蚌埠市 bengbu bb, 蚌山区 bengshanqu bsq, 丽水市 lishui ls, 朝阳市 chaoyang cy, 长治市 changzhi cz, 长子县 zhangzi zz,
子长市 zichang zc, 长春市 changchun cc, 东阿县 donge de, 浚县 xunxian xx, 泌阳县 biyang by, 单县 shanxian sx,
莘县 shenxian sx, 费县 feixian fx, 歙县 shexian sx, 黟县 yixian yx, 枞阳县 zongyang zy, 涡阳县 guoyang gy,
铅山县 yanshan ys, 鄱阳县 poyang py, 六合区 luhequ lhq, 郫都区 piduqu pdq, 犍为县 qianwei qw, 荥经县 yingjing yj,
荥阳市 xingyang xy, 珙县 gongxian gx, 筠连县 junlian jl, 什邡市 shifang sf, 盱眙县 xuyi xy, 邗江区 hanjiangqu hjq,
睢宁县 suining sn, 闵行区 minhangqu mhq, 乐清市 yueqing yq, 乐亭县 laoting lt, 乐陵市 laoling ll, 乐至县 lezhi lz,
南乐县 nanle nl, 昌乐县 changle cl, 蔚县 yuxian yx, 井陉县 jingxing jx, 洪洞县 hongtong ht, 繁峙县 fanshi fs,
隰县 xixian xx, 武陟县 wuzhi wz, 中牟县 zhongmu zm, 柘城县 zhecheng zc, 渑池县 mianchi mc, 郏县 jiaxian jx,
召陵区 shaolingqu slq, 尉氏县 weishi ws, 尉犁县 yuli yl, 吴堡县 wubu wb, 宝坻区 baodiqu bdq, 北碚区 beibeiqu bbq,
大埔县 dabu db, 大城县 daicheng dc, 泊头市 botou bt, 番禺区 panyuqu pyq, 儋州市 danzhou dz, 东莞市 dongguan dg,
秭归县 zigui zg, 黄陂区 huangpiqu hpq, 曾都区 zengduqu zdq, 耒阳市 leiyang ly, 郴州市 chenzhou cz, 泸县 luxian lx,
会理市 huili hl, 会泽县 huize hz, 会昌县 huichang hc, 宕昌县 tanchang tc, 珲春市 hunchun hc, 穆棱市 muling ml,
讷河市 nehe nh, 任丘市 renqiu rq, 鄄城县 juancheng jc, 临朐县 linqu lq, 茌平区 chipingqu cpq, 冠县 guanxian gx,
柞水县 zhashui zs, 鄠邑区 huyiqu hyq, 佛坪县 foping fp, 佛冈县 fogang fg, 崆峒区 kongtongqu ktq,
民乐县 minlexian mlx, 碌曲县 luqu lq, 马尾区 maweiqu mwq, 将乐县 jiangle jl, 龙圩区 longxuqu lxq,
覃塘区 qintangqu qtq, 百色市 baise bs, 都匀市 duyun dy, 都江堰市 dujiangyan djy, 三都水族自治县 sandu sd,
浪卡子县 langkazi lkz, 喀什地区 kashi ks, 伽师县 jiashi js, 莎车县 shache sc, 且末县 qiemo qm, 阿图什市 atushi ats,
库尔勒市 kuerle kel, 红寺堡区 hongsibuqu hsbq, 吕梁市 lvliang ll, 万柏林区 wanbailinqu wblq,
弓长岭区 gongchanglingqu gclq
"""


@pytest.mark.parametrize("expected", re.split(r",\s+", READINGS.strip()))
def test_place_names_are_read_as_the_place_reads_them(regions, expected):
    name, pinyin, initials = expected.split()

    assert {(row["pinyin"], row["initials"]) for row in regions.values() if row["name"] == name} == {(pinyin, initials)}


@pytest.mark.parametrize(
    ("name", "short_name", "name_en"),
    [
        ("河南省", "河南", "Henan"),
        ("陕西省", "陕西", "Shaanxi"),
        ("内蒙古自治区", "内蒙古", "Inner Mongolia"),
        ("广西壮族自治区", "广西", "Guangxi"),
        ("新疆维吾尔自治区", "新疆", "Xinjiang"),
        ("西藏自治区", "西藏", "Xizang"),
        ("香港特别行政区", "香港", "Hong Kong"),
        ("吉林市", "吉林市", "Jilin City"),
        ("六安市", "六安", "Lu'an"),
        ("恩施土家族苗族自治州", "恩施州", "Enshi Prefecture"),
        ("文山壮族苗族自治州", "文山州", "Wenshan Prefecture"),
        ("博尔塔拉蒙古自治州", "博州", "Bortala Prefecture"),
        ("兴安盟", "兴安盟", "Hinggan League"),
        ("喀什地区", "喀什", "Kashgar Prefecture"),
        ("乌鲁木齐市", "乌鲁木齐", "Urumqi"),
        ("涪城区", "涪城区", "Fucheng District"),
        ("浦东新区", "浦东新区", "Pudong New Area"),
        ("曲阜市", "曲阜", "Qufu"),
        ("泸县", "泸县", "Lu County"),
        ("芒市", "芒市", "Mangshi"),
        ("景宁畲族自治县", "景宁", "Jingning County"),
        ("东乡族自治县", "东乡", "Dongxiang County"),
        ("河南蒙古族自治县", "河南县", "Henan County"),
        ("管城回族区", "管城区", "Guancheng District"),
        ("鄂温克族自治旗", "鄂温克旗", "Ewenki Banner"),
        ("长沙县", "长沙县", "Changsha County"),  # beside 长沙市
        ("合作市", "合作市", "Hezuo"),  # the word is in every article
    ],
)
def test_names_are_those_in_use(regions, name, short_name, name_en):
    rows = [row for row in regions.values() if row["name"] == name]

    assert [(row["short_name"], row["name_en"]) for row in rows] == [(short_name, name_en)]
