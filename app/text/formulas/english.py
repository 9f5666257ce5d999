"""The formulas in English: in para 4 replace "A" with "B"."""

from app.text.formulas.grammar import PLACE, Grammar, Role, Unit, Verb, compiled, patterns
from app.text.formulas.quotes import QUOTE

_SUFFIX = "bis|ter|quater|quinquies|sexies|septies|octies|novies|decies"
_NAMES = {
    "Q": QUOTE,
    "QS": rf"{QUOTE}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){QUOTE})*",
    "P": PLACE,
    "N": rf"\d+(?:\.\d+)*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[ \u00a0]?(?:{_SUFFIX})\b)?",
    "ROMAN": r"[IVXLC]+\b",
    "AND": r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*[–—]\s*)",
    "ORD": r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th))",
    "W": r"(?:(?:the\s+)?(?:following\s+)?(?:words?|phrases?|terms?|figures?|expressions?|text|number)\s+)",
    "IN": rf"(?:\s*,?\s*(?:(?:in|of|from|to|at the end of)\s+)?(?:the\s+)?{PLACE}\s*,?)?\s+",
    "OF": rf"(?:\s+(?:in|of|from)\s+(?:the\s+)?{PLACE})?",
    "PUT": r"(?:add|insert|include)",
    "DROP": r"(?:delete|remove|strike(?:\s+out)?|omit)",
    "BE": r"(?:(?:should|shall|to|is\s+to|are\s+to|must|could)\s+be\s+)",
    "NEW": r"(?:a\s+|an\s+|the\s+following\s+)?(?:new\s+)?",
    "READ": r"(?:\s*,?\s*(?:to\s+read|reading|which\s+reads|as\s+follows|with\s+the\s+following\s+\w+))*\s*[:,]?\s*",
}

ENGLISH = Grammar(
    language="en",
    elements=patterns(
        (
            (
                Unit.WHOLE,
                r"throughout(?:\s+(?:the\s+)?(?:whole\s+)?(?:text|document|draft|plan|paper))?|in\s+the\s+whole\s+text|everywhere",
            ),
            (Unit.ANNEX, r"\b(?:annex|appendix)(?:\s+(?:<ROMAN>|\d+))?"),
            (Unit.SECTION, r"\b(?:sections?|chapters?|parts?)\s+(?P<labels>(?:<ROMAN>|<N>)(?:<AND>(?:<ROMAN>|<N>))*)"),
            (
                Unit.PREAMBLE,
                r"\bpreambular\s+(?:paragraph|para\.?)\s+(?P<ordinal>\d+)|\b(?P<labels><ORD>)\s+preambular\s+(?:paragraph|para)\b|\bpreamble",
            ),
            (Unit.TABLE, r"\b(?:table|list\s+of\s+measures|plan\s+of\s+measures)(?:\s+(?P<labels>\d+))?"),
            (
                Unit.PARAGRAPH,
                r"(?<!sub)(?<!sub-)\b(?:paragraphs?|paras?\b\.?|articles?|art\.|points?|clauses?)\s*(?P<labels><N>(?:<AND><N>)*)",
            ),
            (
                Unit.ROW,
                r"\b(?:measures?|rows?|activit(?:y|ies)|actions?)\s+(?:no\.\s*)?(?P<labels><N>(?:<AND><N>)*)",
            ),
            (Unit.NOTE, r"\bfootnotes?\s+(?P<labels><N>(?:<AND><N>)*)"),
            (
                Unit.ITEM,
                r"\b(?:sub-?paragraphs?|sub-?paras?\b\.?|sub-?items?|items?)\s+(?P<labels>\(?(?:[a-zа-я]{1,4}|\d{1,3})\)|[a-zа-я]\b|\d+\)?|<Q>)",
            ),
            (Unit.ITEM, r"(?P<labels>\([a-zа-я]{1,4}\))"),
            (
                Unit.OPENING,
                r"\b(?:paragraph|row|heading|measure|provision|footnote)\s+(?:beginning|starting)\s+with\s+<W>?(?P<labels><Q>)",
            ),
            (Unit.TITLE, r"\b(?:title|heading)(?:\s+of\s+the\s+(?:plan|document|draft)\b)?"),
            (Unit.LINE, r"\b(?P<labels><ORD>)\s+(?:sub-?paragraph|line|indent|unnumbered\s+paragraph)\b"),
            (Unit.COLUMN, r"\bcolumn\s+(?P<labels><Q>|\d+)|(?P<ordinal><Q>)\s+column\b"),
            (Unit.STATES, r"\blist\s+of\s+(?:joining\s+)?states"),
            (Unit.SENTENCE, r"\b(?P<labels><ORD>)\s+sentence\b"),
        ),
        **_NAMES,
    ),
    verbs=patterns(
        (
            (Verb.REPLACE, r"replace\s+<W>?(?P<old><Q>)<IN>(?:with|by)\s+<W>?(?P<new><Q>)"),
            (Verb.REPLACE, r"change\s+<W>?(?P<old><Q>)<IN>(?:to|into)\s+<W>?(?P<new><Q>)"),
            (Verb.REPLACE, r"substitute\s+<W>?(?P<new><Q>)\s+for\s+<W>?(?P<old><Q>)"),
            (Verb.REPLACE, r"<W>?(?P<old><Q>)<IN><BE>?replaced\s+(?:with|by)\s+<W>?(?P<new><Q>)"),
            (Verb.INSERT_AFTER, r"after\s+<W>?(?P<old><Q>)<IN><PUT>\s+<W>?(?P<new><Q>)"),
            (Verb.INSERT_AFTER, r"<PUT>\s+<W>?(?P<new><Q>)<IN>after\s+<W>?(?P<old><Q>)"),
            (Verb.INSERT_BEFORE, r"before\s+<W>?(?P<old><Q>)<IN><PUT>\s+<W>?(?P<new><Q>)"),
            (Verb.INSERT_BEFORE, r"<PUT>\s+<W>?(?P<new><Q>)<IN>before\s+<W>?(?P<old><Q>)"),
            (
                Verb.JOIN,
                r"<PUT>\s+(?P<new><QS>)\s+(?:to\s+the|as|among\s+the)\s+(?:an?\s+)?(?:list\s+of\s+)?(?:executors?|implementers?|participants?|responsible)",
            ),
            (Verb.JOIN, r"<PUT>\s+(?:the\s+)?(?:executors?|implementers?|participants?)\s+(?P<new><QS>)"),
            (
                Verb.LEAVE,
                r"<DROP>\s+(?P<old><QS>)\s+from\s+(?:among\s+)?the\s+(?:list\s+of\s+)?(?:executors?|implementers?|participants?)",
            ),
            (Verb.LEAVE, r"<DROP>\s+(?:the\s+)?(?:executors?|implementers?|participants?)\s+(?P<old><QS>)"),
            (Verb.APPEND, r"(?:at\s+the\s+end(?:\s+of\s+<P>)?,?\s+)?<PUT>\s+(?:at\s+the\s+end\s+)?<W>?(?P<new><Q>)"),
            (Verb.DELETE_WORDS, r"<DROP>\s+(?:from\s+<P>\s+)?<W>?(?P<old><QS>)"),
            (Verb.DELETE_WORDS, r"<W>?(?P<old><QS>)<IN><BE>(?:deleted|removed|omitted)"),
            (
                Verb.RESTATE,
                r"(?:(?:should|shall|to|is\s+to)\s+(?:be\s+)?(?:amended\s+to\s+|reworded\s+to\s+)?read|reads)(?:\s+as\s+follows)?\s*[:,]?\s*(?P<new><Q>)",
            ),
            (
                Verb.RESTATE,
                r"(?:restate|redraft|reword|reformulate|amend|rewrite)\s+(?:the\s+)?<P>\s+(?:to\s+read\s*|as\s*)?(?:follows)?\s*:?\s*(?P<new><Q>)",
            ),
            (
                Verb.RESTATE,
                r"replace\s+(?:the\s+)?(?:whole\s+)?(?:text\s+of\s+)?(?:the\s+)?<P>\s+(?:with|by)(?:\s+the\s+following)?\s*[:,]?\s*(?P<new><Q>)",
            ),
            (
                Verb.ADD_SENTENCE,
                (
                    r"(?:(?P<how>after|before|at\s+the\s+beginning\s+of|at\s+the\s+end\s+of|to|in)\s+(?P<after><P>)\s*,?\s+)?"
                    r"<PUT>\s+<NEW>(?:further\s+|additional\s+)?sentence<READ>(?P<new><Q>)"
                ),
            ),
            (
                Verb.ADD_SENTENCE,
                (
                    r"<PUT>\s+<NEW>(?:further\s+|additional\s+)?sentence\s+"
                    r"(?P<how>after|before|at\s+the\s+beginning\s+of|at\s+the\s+end\s+of|to|in)\s+(?P<after><P>)<READ>(?P<new><Q>)"
                ),
            ),
            (
                Verb.ADD,
                r"<PUT>\s+<NEW>(?P<label><P>)(?:\s+(?P<how>after|before|under|to|at\s+the\s+beginning\s+of|at\s+the\s+end\s+of)\s+(?P<after><P>))?<READ>(?P<new><Q>)",
            ),
            (
                Verb.ADD,
                (
                    r"(?P<how>after|before|under|at\s+the\s+beginning\s+of|at\s+the\s+end\s+of)\s+(?P<after><P>)\s*,?\s+<PUT>\s+<NEW>"
                    r"(?:(?P<unit>paragraph|para|sub-?paragraph|item|measure|row|footnote|section|heading)|(?P<label><P>))<READ>(?P<new><Q>)"
                ),
            ),
            (
                Verb.ADD,
                (
                    r"<PUT>\s+<NEW>(?P<unit>paragraph|para|sub-?paragraph|item|measure|row|footnote|section|heading)"
                    r"\s+(?P<how>after|before|under|at\s+the\s+beginning\s+of|at\s+the\s+end\s+of)\s+(?P<after><P>)<READ>(?P<new><Q>)"
                ),
            ),
            (
                Verb.MOVE,
                r"(?:move|transfer)\s+(?:<P>\s+)?(?P<how>to\s+the\s+end\s+of|to\s+the\s+beginning\s+of|to|after|before|under|into)\s+(?P<to><P>)",
            ),
            (
                Verb.KEEP,
                r"(?:keep|retain)\s+(?:the\s+)?<P>(?:\s+(?:as\s+it\s+is|as\s+drafted|unchanged))?|no\s+change\s+to\s+<P>|(?:keep|retain)\s+as\s+it\s+is",
            ),
            (
                Verb.DELETE_ALONE,
                (
                    r"(?:<DROP>(?:\s+(?:the\s+)?<P>)?|<BE>(?:deleted|removed|omitted))\s*,?\s*(?:but\s+|while\s+)?"
                    r"(?:keep|retain)(?:ing)?\s+(?:what\s+(?:stands|is)\s+(?:under|below)\s+it|(?:its|the|all)\s+"
                    r"(?:sub-?paragraphs|sub-?items|items|paragraphs|rows|measures)\b)"
                ),
            ),
            (Verb.DELETE, r"<DROP>|<BE>(?:deleted|removed|omitted)"),
        ),
        **_NAMES,
    ),
    ordinals={
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "fifth": 5,
        "sixth": 6,
        "seventh": 7,
        "eighth": 8,
        "ninth": 9,
        "tenth": 10,
        "last": -1,
    },
    chain=compiled(r"\s*,?\s*(?:(?:of|in)\s+)?(?:the\s+)?"),
    outward=compiled(r"\s*,?\s*(?:(?:of|in)\s+)?(?:the\s+)?"),
    ands=compiled(r"\s*,\s*(?:and\s+)?(?:in\s+)?|\s+and\s+(?:in\s+)?"),
    before=compiled(r"before"),
    first=compiled(r"(?:to|at)\s+the\s+beginning"),
    last=compiled(r"to|into|at\s+the\s+end"),
    under=compiled(r"under"),
    justification=compiled(r"(?:justification|reasons?|rationale|explanation)\s*[:：.–—]\s*"),
    question=compiled(
        r"\bplease\s+(?:explain|clarify|specify|provide|confirm|consider)|\b(?:it\s+)?(?:would|could)\s+be\s+(?:useful|advisable|appropriate)|"
        r"\bwe\s+(?:would\s+)?(?:ask|request|wonder|suggest\s+(?:clarifying|discussing))|\bclarif(?:y|ication)\b|\?\s*$"
    ),
    denied=compiled(
        r"\b(?:if|in\s+case|or|either|provided\s+that|previously|earlier)\b|"
        r"\b(?:not|never)\s+(?:to\s+)?(?:be\s+)?(?:delet|remov|str(?:ike|uck)|omit|replac|chang|substitut|add|insert|includ|mov|"
        r"transfer|restat|reword|amend|support|agree|accept)|\b(?:oppos|object|disagree|reject)\w*\b|"
        r"\b(?:except|excepting|excluding|save|unless|other\s+than|apart\s+from)\b|\bwithdraw\w*\b"
    ),
    because=compiled(
        r",?\s+(?:because|since|as\s+(?:it|this|they|the)|in\s+order\s+to|so\s+as\s+to|given\s+that|due\s+to|in\s+view\s+of|"
        r"considering)\b"
    ),
    aside=compiled(
        r"\b(?:in\s+(?:accordance|line|conformity)\s+with|taking\s+into\s+account|given|as\s+in|similar(?:ly)?\s+to|"
        r"by\s+analogy\s+with|in\s+addition\s+to)\s+(?:the\s+)?(?:changes?\s+(?:in|to)\s+)?(?:the\s+)?$|"
        r"\b(?:because|since|given\s+that)\s+(?:\w+\s+){0,4}$"
    ),
    glue=compiled(
        r"[\s,:–—()-]|\b(?:the|whole|entire|of|from|in|also|please|we|propose\w*|suggest\w*|to|should|shall)\b"
    ),
    trailing=compiled(
        r"\s|\b(?:of|from|in|the|draft|text|plan|document|action|altogether|entirely|completely|please)\b"
    ),
    nothing=compiled(
        r"\bno\s+(?:further\s+|other\s+)?(?:comments?|objections?|remarks?|proposals?)\b(?!\s+(?:on|to)\s+[\uf000-\uf8ff])"
    ),
    cases=compiled(r"(?!)"),
    roles=patterns(
        (
            (Role.JUSTIFICATION, r"justif|reason|rationale|explan|^comments?$"),
            (Role.WISHED, r"propos|suggest|amend|new\s+(?:text|wording)"),
            (Role.BASE, r"draft|original|current|base|existing|text"),
            (Role.ELEMENT, r"provision|paragraph|para|element|clause|item|place"),
            (Role.BESIDE, r"no\.?$|number|#|side|state|delegation|ministry|outcome|position"),
        )
    ),
    added=compiled(r"\bnew\b|\badd\b|\binsert\b"),
    deleted=compiled(
        r"(?:delete|remove|deleted|to\s+be\s+deleted)(?:\s+(?:paragraph|the\s+paragraph|it|this\s+paragraph))?\.?"
    ),
    wording=compiled(r"(?:read|reads|reading|follows|wording|text|(?:add|insert)\s[^:]{0,80}?)\s*:\s*$"),
    starts=compiled(
        r"\s*(?:\d{1,3}[.)]|\([a-z]\)|[–—•-])?\s*(?:in|replace|delete|add|insert|move|after|before|para\w*|section|measure|throughout|justification|keep|remove)\b"
        r"[^\n]{0,160}?(?:replace|delete|add|insert|move|read|remove|keep|justification)"
    ),
    sentence_end=compiled(
        r"(?<!\bpara)(?<!\bparas)(?<!\bart)(?<!\bNo)(?<!\bno)(?<!\be\.g)(?<!\b(?-i:[A-Z]))[.]\s+(?=(?-i:[A-Z]))"
    ),
)
