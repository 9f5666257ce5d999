"""The formulas in Chinese: 第4段中的“A”改为“B”."""

from app.text.formulas.grammar import PLACE, Grammar, Role, Unit, Verb, compiled, patterns
from app.text.formulas.quotes import QUOTE

_NAMES = {
    "Q": QUOTE,
    "QS": rf"{QUOTE}(?:\s*(?:、|，|和|及)?\s*{QUOTE})*",
    "P": PLACE,
    "N": r"(?:\d+(?:\.\d+)*|[零〇一二三四五六七八九十百]+)(?:之[二三四五六七八九十]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?",
    "W": r"(?:\s*(?:一词|一语|一句|等?字样|的?表述|等词|这一表述))?",
    "IN": r"(?:中|内|里)?(?:的)?\s*",
    "PUT": r"(?:增加|增添|新增|增设|加上|加入|插入|添加|补充|增补|写入)",
    "DROP": r"(?:删去|删除|删掉|去掉|取消)",
    "INTO": r"(?:修改为|改为|替换为|改成|改作|更改为|修订为|调整为|表述为)",
}

CHINESE = Grammar(
    language="zh",
    elements=patterns(
        (
            (Unit.WHOLE, r"(?:全文|通篇|文中各处)(?:中|内)?(?:所有)?"),
            (Unit.ANNEX, r"附件(?:\s?[\d一二三四五])?"),
            (Unit.SECTION, r"第\s?(?P<labels><N>|[IVXLC]+)\s?(?:部分|章|节)"),
            (Unit.PREAMBLE, r"序言(?:部分)?第\s?(?P<ordinal><N>)\s?(?:自然段|段|款)|序言(?:部分)?"),
            (Unit.TABLE, r"措施(?:表|清单)|表格?\s?(?P<labels>\d+)|表格|表(?=中|内|的)"),
            (
                Unit.PARAGRAPH,
                r"第\s?(?P<labels><N>(?:\s?(?:、|和|及|至)\s?第?\s?<N>)*)\s?(?:段|条)(?P<suffix>之[二三四五六七八九十])?",
            ),
            (
                Unit.ROW,
                r"(?:措施|项目|行)\s?(?P<labels>\d+(?:\.\d+)*(?:之[二三四五六七八九十])?(?:\s?(?:、|和|及)\s?\d+(?:\.\d+)*)*)",
            ),
            (Unit.ROW, r"第\s?(?P<labels><N>)\s?(?:项措施|号措施|行)"),
            (Unit.NOTE, r"脚注\s?(?P<labels><N>)"),
            (
                Unit.ITEM,
                r"第?\s?(?P<labels>[（(](?:<N>|[a-zа-я])[）)])\s?(?:项|分段|目)?(?P<suffix>之[二三四五六七八九十])?",
            ),
            (Unit.ITEM, r"第\s?(?P<labels><N>)\s?(?:项(?!措施)|分段|目)"),
            (Unit.OPENING, r"以\s?(?P<labels><Q>)\s?(?:开头|开始)的?(?:段落|标题|措施|条款|段|行|条)"),
            (Unit.TITLE, r"标题"),
            (
                Unit.LINE,
                r"第\s?(?P<labels><N>(?:\s?(?:、|和|及)\s?第?\s?<N>)*)\s?(?:款|自然段)|(?P<ordinal>末|最后一)(?:款|自然段)",
            ),
            (Unit.COLUMN, r"(?P<labels><Q>)\s?一?[栏列]"),
            (Unit.STATES, r"(?:参加国|国家)名单"),
            (Unit.SENTENCE, r"第\s?(?P<labels><N>)\s?句话?|(?P<ordinal>末|最后一)句话?"),
        ),
        **_NAMES,
    ),
    verbs=patterns(
        (
            (
                Verb.REPLACE,
                r"(?:[将把]\s*)?(?:<P><IN>)?(?P<old><Q>)<W>\s*(?:统一|均|全部|都)?<INTO>\s*[：:]?\s*(?P<new><Q>)",
            ),
            (Verb.REPLACE, r"[用以]\s*(?P<new><Q>)<W>\s*(?:替换|代替|取代|替代)\s*(?:<P><IN>)?(?P<old><Q>)"),
            (
                Verb.INSERT_AFTER,
                r"在?\s*(?:<P><IN>)?(?P<old><Q>)<W>\s*之?后面?\s*，?\s*<PUT>\s*(?P<new><Q>)",
            ),
            (
                Verb.INSERT_BEFORE,
                r"在?\s*(?:<P><IN>)?(?P<old><Q>)<W>\s*之?前面?\s*，?\s*<PUT>\s*(?P<new><Q>)",
            ),
            (Verb.JOIN, r"<PUT>\s*(?P<new><QS>)\s*(?:为|作为)\s*(?:负责方|执行方|参与方|牵头方|参加国)"),
            (Verb.JOIN, r"<PUT>\s*(?:负责方|执行方|参与方|牵头方|参加国)\s*(?P<new><QS>)"),
            (Verb.LEAVE, r"<DROP>\s*(?:负责方|执行方|参与方|牵头方|参加国)\s*(?:中的)?\s*(?P<old><QS>)"),
            (Verb.APPEND, r"(?:末尾|最后|句末|末)?\s*(?:处)?\s*<PUT>\s*(?P<new><Q>)"),
            (Verb.DELETE_WORDS, r"<DROP>\s*(?:<P><IN>)?(?P<old><QS>)"),
            (Verb.DELETE_WORDS, r"(?:[将把]\s*)?(?:<P><IN>)?(?P<old><QS>)<W>\s*<DROP>"),
            (Verb.RESTATE, r"(?:建议)?(?:案文|全文|内容)?(?:整体)?<INTO>\s*(?:如下)?\s*[：:]?\s*(?P<new><Q>)"),
            (
                Verb.ADD_SENTENCE,
                (
                    r"(?:在?\s*(?P<after><P>)\s*(?P<how>之?后面?|之?前面?|开头|末尾|中|内)?\s*，?\s*)?<PUT>\s*(?:新的?)?(?:一|1)?\s*个?"
                    r"(?:句子|句话|句)\s*(?:，?\s*(?:内容|案文)?如下)?\s*[：:，]?\s*(?P<new><Q>)"
                ),
            ),
            (
                Verb.ADD,
                (
                    r"在?\s*(?P<after><P>)\s*(?P<how>之?后面?|之?前面?|开头|末尾|之?下)\s*，?\s*<PUT>\s*(?:新的?)?(?:一|1)?\s*个?"
                    r"(?P<unit>自然段|段落|段|条|款|项措施|项|措施|行|脚注|标题)\s*(?:(?:作为|即|为)\s*(?P<label><P>))?"
                    r"\s*(?:，?\s*(?:内容|案文)?如下)?\s*[：:，]?\s*(?P<new><Q>)"
                ),
            ),
            (
                Verb.ADD,
                (
                    r"(?:在?\s*(?P<after><P>)\s*(?P<how>之?后面?|之?前面?|之?下)\s*，?\s*)?<PUT>\s*(?:新的?)?\s*(?P<label><P>)"
                    r"\s*(?:，?\s*(?:内容|案文)?如下)?\s*[：:，]?\s*(?P<new><Q>)"
                ),
            ),
            (
                Verb.MOVE,
                r"(?:移至|移到|移入|调至|挪至)\s*(?P<to><P>)\s*(?P<how>之?后面?|之?前面?|末尾|开头|之?下|中|内)?",
            ),
            (
                Verb.KEEP,
                r"保持不变|不作修改|(?:保留|维持)\s*(?:<P>\s*(?:的)?)?(?:原文|原案文|原表述|不变)|(?:保留|维持)\s*<P>",
            ),
            (
                Verb.DELETE_ALONE,
                r"<DROP>\s*(?:<P>)?\s*[，,]?\s*但?(?:保留|维持)其?(?:下属|所属|下列|以下|各)(?:的?(?:内容|各?[款项目条段行]+))?",
            ),
            (Verb.DELETE, r"<DROP>"),
        ),
        **_NAMES,
    ),
    ordinals={"末": -1, "最后一": -1},
    chain=compiled(r"\s*(?:的|中的|中|之|内|，)?\s*"),
    outward=compiled(r"\s*的?\s*"),
    ands=compiled(r"\s*(?:、|和|及|以及|与)\s*"),
    before=compiled(r"之?前"),
    first=compiled(r"开头"),
    last=compiled(r"末尾|中|内|$"),
    under=compiled(r"之?下"),
    justification=compiled(r"(?:理由|说明|依据|原因)\s*[：:]\s*"),
    question=compiled(
        r"请(?:说明|解释|澄清|明确|进一步|考虑|提供)|建议(?:明确|澄清|进一步|研究|考虑|讨论)|是否|[？?]\s*$"
    ),
    denied=compiled(
        r"如果|若|假如|倘若|如(?=[删将把不])|或|曾|"
        r"(?:不|勿|别)(?:应|要|宜|得|须|再|可|能|建议)*(?:删|改|替换|增加|添加|移|调整)|不(?:同意|赞成|支持|接受)|反对|撤回|"
        r"除(?:了)?[^，。；]{1,12}(?:之|以)?外|除外|例外"
    ),
    because=compiled(r"[，,]?\s*(?:因为|因(?!此)|鉴于|由于|考虑到|以便|以避免)"),
    aside=compiled(r"(?:根据|按照|参照)\s*(?:对\s*)?$|(?:因为?(?!此)|由于|考虑到|鉴于)[^，。；]{0,10}$"),
    glue=compiled(r"[\s，,：:（）()-]|将|把|建议|拟|应|予以|整个|整段|全段|全部|请|从|在"),
    trailing=compiled(r"\s|的?(?:全部)?内容|整段|全段|的(?:建议|提议|提案)"),
    nothing=compiled(r"(?:无|没有)(?:修改|补充|其他|不同)?(?:意见|建议|评论)"),
    cases=compiled(r"(?!)"),
    roles=patterns(
        (
            (Role.JUSTIFICATION, r"理由|依据|说明|备注"),
            (Role.WISHED, r"^(?!.*(?:主席|秘书处)).*(?:修改(?:意见|建议|文本|案文|后)|建议|拟议|意见)"),
            (Role.BASE, r"原文|草案|现有|案文"),
            (Role.ELEMENT, r"条款|段落|章节|条|位置"),
            (Role.BESIDE, r"序号|提出方|国家|结果|部门|主席"),
        )
    ),
    added=compiled(r"新增|增加|新段|新的"),
    deleted=compiled(r"(?:建议)?(?:删去|删除|删掉)(?:本段|该段|此段|本条|该条|全段|本项)?。?"),
    wording=compiled(r"(?:改为|修改为|修订为|调整为|表述为|如下|增加一?[^：:]{0,12}|新增[^：:]{0,20})\s*[：:]\s*$"),
    starts=compiled(
        r"\s*(?:\d{1,3}[.、)]|[（(]?[一二三四五六七八九十]+[）)、]|[—–•-]+)?\s*(?:将|把|在|删|全文|第|措施|脚注|标题|理由)"
        r"[^\n]{0,80}?(?:改为|修改为|删去|删除|增加|移至|新增|理由)"
    ),
    sentence_end=compiled(r"。\s*(?=\S)"),
)
