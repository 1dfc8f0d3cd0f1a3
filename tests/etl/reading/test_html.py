"""A web page is laid out as a reader sees it, each line with its place; the rest of the page is facts or held back."""

import time

import pytest

from etl.document import Segment
from etl.reading import Unreadable, read

SENTENCE = "为深入贯彻会议精神，进一步发挥党组织作用，现将《2017年科技工作要点》印发给你们，请认真贯彻落实。"
BODY = f"<p>某科发〔2017〕3号</p><p>{SENTENCE}</p>"


def page(content: str, *, head: str = "", around: str = "") -> bytes:
    text = f'<!DOCTYPE html><html><head>{head}</head><body>{around}<div id="zoom">{BODY}{content}</div></body></html>'
    return text.encode()


def lines(data: bytes) -> list[str]:
    return [line for line in read(data).body.split("\n") if line.strip()]


def test_title_facts_and_body_of_a_page_in_gbk() -> None:
    head = (
        '<meta charset="gb2312"><meta name="ArticleTitle" content="关于印发工作要点的通知">'
        '<meta name="PubDate" content="2017-02-16 19:43"><title>关于印发工作要点的通知_某县科技局</title>'
    )
    around = (
        '<nav>首页 机构</nav><div class="crumb">您现在的位置：<a>首页</a> &gt; <a>公开</a> &gt; 通知</div>'
        '<h1>关于印发工作<br>要点的通知</h1><div class="info">来源：某县科技局 发布日期：2017-02-15 字体：大</div>'
    )
    document = read(page("", head=head, around=around).decode().encode("gb18030"))
    assert document.text == f"关于印发工作要点的通知\n某科发〔2017〕3号\n{SENTENCE}\n"
    assert document.segments == (
        Segment(0, 11, "h1"),
        Segment(12, 23, "#zoom > p:nth-of-type(1)"),
        Segment(24, 24 + len(SENTENCE), "#zoom > p:nth-of-type(2)"),
    )
    assert document.facts == {
        "title": "关于印发工作要点的通知",
        "page_title": "关于印发工作要点的通知_某县科技局",
        "published_at": "2017-02-16T19:43:00",
        "source_name": "某县科技局",
        "breadcrumb": "首页 >> 公开 >> 通知",
    }
    assert (document.media_type, document.encoding, document.warnings) == ("text/html", "gb18030", ())


@pytest.mark.parametrize(
    ("around", "breadcrumb"),
    [
        ("<div>您现在的位置：首页 &gt;&gt; 党务公开</div>", "首页 >> 党务公开"),
        ('<div class="crumb"><a>首页</a> / <a>公开</a> / 通知</div>', "首页 >> 公开 >> 通知"),
        ("<nav><a>首页</a> » <a>公开</a> » 正文</nav>", "首页 >> 公开 >> 正文"),
        ('<div class="nav"><a>首页</a> &gt; <a>公开</a> &gt; 正文</div>', "首页 >> 公开 >> 正文"),
        ("<table><tr><td>当前位置：<a>首页</a>-&gt;<a>公开</a></td></tr></table>", "首页 >> 公开"),
        ("<p><span>您的位置: </span><a>首页</a>&nbsp;&gt;&nbsp;<a>公开</a></p>", "首页 >> 公开"),
        ("<div><span>首页 &gt; 公开</span> &gt; 正文</div>", "首页 >> 公开 >> 正文"),
        ('<ol class="breadcrumb"><li>首页</li><li>公开</li></ol>', "首页 >> 公开"),
        ('<div class="nav"><a>首页</a> | <a>公开</a> | 服务</div>', None),
        ("<nav>首页 机构 公开</nav>", None),
        ("<p>首页改版 &gt; 说明</p>", None),
    ],
)
def test_the_path_to_a_page_is_known_by_how_it_reads(around: str, breadcrumb: str | None) -> None:
    assert read(page("", around=around)).facts.get("breadcrumb") == breadcrumb


def test_inline_runs_are_joined_and_breaks_break() -> None:
    content = "<p>一、主要\n<b>任务</b><span>如 下</span><br>第二&nbsp;行</p><pre>甲\n乙</pre>文字<div>块</div>"
    assert lines(page(content))[2:] == ["一、主要任务如 下", "第二\xa0行", "甲", "乙", "文字", "块"]


def test_a_table_is_laid_out_row_by_row_with_the_header_of_each_cell() -> None:
    content = (
        "<table><tr><td colspan=3>目标表</td></tr><tr><th rowspan=2>指标</th><th colspan=2>目标值</th></tr>"
        "<tr><th>2016年</th><th>2017年</th></tr><tr><td>研发<p>投入</p></td><td>2.5%</td><td>2.65%</td></tr>"
        "<tr><td rowspan=2>专利</td><td>20</td><td>25</td></tr><tr><td>21</td><td>26</td></tr></table>"
    )
    document = read(page(content))
    assert document.text.split("\n")[2:-1] == [
        "目标表", "指标\t目标值", "\t2016年\t2017年", "研发投入\t2.5%\t2.65%", "专利\t20\t25", "\t21\t26",
    ]  # fmt: skip
    places = {document.text[s.start : s.end]: s.place for s in document.segments if s.role == "cell"}
    path = "#zoom > table:nth-of-type(1)"
    assert places["2.65%"] == f"table 1 row 4 col 3 (目标值/2017年) in {path}"
    assert places["专利"] == f"table 1 row 5-6 col 1 (指标) in {path}"
    assert places["26"] == f"table 1 row 6 col 3 (目标值/2017年) in {path}"


def test_a_table_that_only_lays_out_is_read_as_blocks() -> None:
    content = "<table><tr><td><table><tr><td>左</td></tr></table></td><td>右<br>右二</td></tr></table>"
    assert lines(page(content))[2:] == ["左", "右", "右二"]


def test_the_browsers_numbers_of_a_list_are_written_out() -> None:
    assert lines(page("<ol start=3><li>甲<li>乙</ol><ol><li>1. 丙</ol><ul><li>丁</ul>"))[2:] == [
        "3. 甲", "4. 乙", "1. 丙", "丁",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hidden", "rule"),
    [
        ("<p hidden>密</p>", "hidden-attribute"),
        ('<p style="display:none">密</p>', "not-shown"),
        ('<p class="h">密</p>', "not-shown"),
        ('<p style="position:absolute;left:-9999px">密</p>', "off-screen"),
        ('<p style="font-size:0">密</p>', "zero-size"),
        ('<p style="height:0;overflow:hidden">密</p>', "zero-box"),
        ('<p style="color:#fff">密</p>', "white-on-white"),
        ('<p><font color="white">密</font></p>', "white-on-white"),
        ('<div style="visibility:hidden"><p>密</p></div>', "invisible"),
    ],
)
def test_row_16_hidden_text_is_recorded_and_kept_out_of_the_body(hidden: str, rule: str) -> None:
    document = read(page(hidden, head="<style>.h{display:none}</style>"))
    assert [(h.kind, h.rule, document.text[h.start : h.end]) for h in document.held] == [("hidden", rule, "密")]
    assert "密" not in document.body + document.masked


@pytest.mark.parametrize(
    "shown",
    ['<p style="color:#fff;background:#c00">字</p>', '<table bgcolor="#900"><tr><td style="color:#fff">字</table>'],
)
def test_row_17_white_text_on_a_coloured_ground_is_seen(shown: str) -> None:
    assert read(page(shown)).held == ()


@pytest.mark.parametrize(
    ("injected", "shown", "rule"),
    [
        ('<div style="display:none"><a href="http://www.90817263.com">体育</a></div>', "体育", "digits-host"),
        ('<div style="left:-9999px"><a href="http://abcxyz.com">更多</a></div>', "更多", "off-screen"),
        ('<footer><a href="http://abcxyz.com">澳门葡京</a></footer>', "澳门葡京", "gambling-words"),
        ('<iframe src="//www.hg0088.com/x"></iframe>', "[iframe]", "letters-digits-host"),
        ("<p>版权所有 某市人民政府 90817263.com主办</p><p>Copyright</p>", "90817263.com", "digits-host"),
        ("<p>某市人民政府 abcxyz.com主办</p>", "abcxyz.com", "host-as-sponsor"),
    ],
)
def test_row_16_an_injected_link_outside_of_the_text_is_held_at_its_end(injected: str, shown: str, rule: str) -> None:
    document = read(page("", around=injected))
    assert [(h.kind, h.rule, document.text[h.start : h.end]) for h in document.held] == [("link", rule, shown)]
    assert document.body.split() == ["某科发〔2017〕3号", SENTENCE]


def test_an_injected_link_in_the_text_is_held_in_place_only() -> None:
    document = read(page('<p>更多信息<a href="http://www.hg0088.com">更多</a>见附件</p>'))
    assert [document.text[h.start - 4 : h.end] for h in document.held] == ["更多信息更多"]


def test_row_17_ordinary_links_and_closed_menus_pass() -> None:
    around = (
        '<div style="display:none"><a href="http://www.example.com">某报</a><a href="http://www.x.gov.cn">某部</a></div>'
        '<a href="http://www.people.com.cn">人民网</a><p>主办：某局 技术支持：www.example.com</p><a href="/a">澳门</a>'
    )
    document = read(page('<a href="http://www.example.com/a">附件</a>', around=around))
    assert (document.held, document.warnings) == ((), ())


@pytest.mark.parametrize(
    ("head", "warning"),
    [
        ('<meta http-equiv="refresh" content="0;url=http://abcxyz.com/">', "网页会自动跳转到其他网站"),
        ("<script>if(document.referrer.match(/baidu/))location.href='http://abcxyz.com'</script>", "网页脚本会把读者"),
        ("<title>&#28595;&#38376;&#33889;&#20140;娱乐城</title>", "网页的标题或元数据里有博彩"),
        ("<script>document.write('百家乐')</script>", "网页脚本里有博彩"),
    ],
)
def test_row_16_signs_of_tampering_are_said(head: str, warning: str) -> None:
    warnings = read(page("", head=head)).warnings
    assert [w for w in warnings if w.startswith(warning)] != []


def test_a_page_of_no_known_system_is_read_with_its_frame_as_furniture() -> None:
    prose = "".join(f"<p>{n}. 推进第{n}项工作，完善制度，加强督查，确保按期完成各项目标任务。</p>" for n in range(1, 9))
    frame = '<div class="t"><a href="/1">网站首页</a> <a href="/2">机构</a></div>'
    foot = '<div class="f"><a href="/3">版权所有 某局</a></div>'
    title = "关于做好某项重点工作的通知"
    body = f"{frame}<div class=q><p>{SENTENCE}</p>{prose}</div>{foot}"
    text = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    kept = lines(text.encode())
    assert kept[:3] == [title, SENTENCE, "1. 推进第1项工作，完善制度，加强督查，确保按期完成各项目标任务。"]
    assert len(kept) == 10


def test_a_page_whose_main_text_cannot_be_told_is_kept_whole_and_said() -> None:
    document = read(("<html><body>" + "<p>字</p>" * 11_000).encode())
    assert len(document.body.split()) == 11_000
    assert document.warnings == ("没有认出网页的正文区，整页文字都收入了，请核对哪些不属于公文。",)


def test_a_disclosure_record_beside_the_text_gives_facts() -> None:
    record = (
        "<table><tr><td>索 引 号：</td><td>0000/2017-00012</td><td>发布机构：</td><td>某局</td></tr>"
        "<tr><td>文　　号：</td><td>某科发〔2017〕3号</td><td>成文日期：</td><td>2017年02月15日</td></tr></table>"
    )
    assert read(page("", around=record)).facts == {
        "index_number": "0000/2017-00012",
        "issuer": "某局",
        "document_number": "某科发〔2017〕3号",
        "written_on": "2017-02-15",
    }


def test_row_19_text_nested_three_hundred_deep_is_not_lost() -> None:
    deep = "<div>" * 300 + "<p>深处的字</p>" + "</div>" * 300
    assert lines(page(deep))[2:] == ["深处的字"]


@pytest.mark.parametrize(
    ("bomb", "sentence"),
    [
        ("<html><body>" + "<div>" * 50_000 + "字" * 50, "网页的标签嵌套超过 2000 层"),
        ("<html><body><select>" + "<option>" * 100_000, "网页的标签多得不正常"),
        ("<html><div " + " ".join(f"a{i}" for i in range(20_000)) + ">字", "网页里有带上千个属性的标签"),
        ("<html><body>" + "<p>字" * 400_000, "网页的标签多得不正常"),
        ("<html><body>" + " " * 11_000_000 + "字", "网页超过 5 MB"),
        ("<html><body></body></html>", "文件里没有可读的文字"),
        ("<html><body><p hidden>看不见的字</p>", "文件里只有栏目、页脚或被隐藏的内容"),
    ],
    ids=["deep", "options", "attributes", "tags", "large", "empty", "all hidden"],
)
def test_row_19_a_bomb_is_refused_in_plain_words_and_soon(bomb: str, sentence: str) -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable, match=sentence):
        read(bomb.encode())
    assert time.monotonic() - began < 5


def test_a_text_with_a_comment_in_it_is_no_page() -> None:
    assert read("<!--\n-->\n关于某事的通知\n请认真<贯彻>落实。\n".encode()).media_type == "text/plain"


def test_a_page_of_pictures_is_said_to_hold_little() -> None:
    document = read(b"<html><title>x</title><body><h1>\xe5\x85\xac\xe7\xa4\xba</h1><img src=a.jpg></body>")
    assert "网页正文只有几行字，内容可能在图片或附件里，请核对原页。" in document.warnings


def test_on_a_page_without_title_an_only_heading_is_the_title() -> None:
    body = f"<div id='zoom'><p>{SENTENCE}</p></div>"
    assert lines(f"<h2>关于做好试点工作的通知</h2>{body}".encode()) == ["关于做好试点工作的通知", SENTENCE]
    assert lines(f"<h2>通知公告栏目</h2><h2>相关文件下载</h2>{body}".encode()) == [SENTENCE]


@pytest.mark.parametrize(
    ("around", "head", "title"),
    [
        ("<h2>某县关于印发分工方案的通知</h2>", "<title>某县住建局</title>", "某县关于印发分工方案的通知"),
        ("", "<title>2020年全县科技工作要点-某县科技局</title>", "2020年全县科技工作要点"),
    ],
)
def test_a_title_needs_no_witness_where_it_reads_as_a_notices_and_sheds_the_sites_name(
    around: str, head: str, title: str
) -> None:
    assert read(page("", head=head, around=around)).text.startswith(f"{title}\n")


def test_a_line_of_facts_beside_the_title_says_when_and_whence() -> None:
    around = '<h2>某县关于印发方案的通知</h2><div class="meta">2023年04月06日 15:30 | 来源：局办公室</div>'
    facts = read(page("", around=around)).facts
    assert (facts["published_at"], facts["source_name"]) == ("2023-04-06T15:30:00", "局办公室")


def test_bodies_on_lines_of_their_own_in_a_cell_stay_apart() -> None:
    rows = (
        "<tr><td>任务</td><td>单位</td></tr><tr><td>改造老旧<br>小区</td><td><p>市住建局</p><p>市财政局</p></td></tr>"
    )
    assert lines(page(f"<table>{rows}</table>"))[-1] == "改造老旧小区\t市住建局 市财政局"


def test_a_value_that_says_there_is_none_is_no_fact_and_a_bracket_stays_closed() -> None:
    table = "发文字号： | 无 | 有 效 性： | 有效 |\n发布机构： | 某区政府(办公室) | 主题分类： | 综合 |\n"
    facts = read(f"{table}{SENTENCE}\n".encode(), name="notice.txt").facts
    assert (facts.get("document_number"), facts["issuer"]) == (None, "某区政府(办公室)")
