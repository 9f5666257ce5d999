"""What the columns of a table of measures are called, in Russian, Chinese and English."""

import re

NUMBER = "no"
WHO = "who"
# The order decides: «ожидаемый результат» before «мероприятие», «срок исполнения» before «исполнитель».
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.IGNORECASE))
    for key, pattern in (
        (NUMBER, r"^(?:№|n°?|no\.?|nr\.?|#|№?\s*п/п|n\s*п/п|номер|number|item|序号|编号|项次)(?:\s*п\s*/\s*п\.?)?$"),
        ("money", r"финансир|стоимост|бюджет|资金|经费|预算|financ|funding|budget|cost"),
        ("note", r"примечан|комментар|备注|说明|remark|comment|^notes?$"),
        ("result", r"результат|показател|форма реализации|индикатор|成果|指标|结果|落实形式|result|indicator|outcome|output"),
        ("time", r"срок|период|дата|期限|时限|时间|日期|进度|time|term|deadline|date|period|when"),
        (WHO, r"исполнител|ответствен|координатор|участник|负责|执行方|牵头|承办|责任|实施方|responsib|executor|implement(?:er|ing)|who|lead"),
        ("measure", r"мероприят|мера|меры|действи|направлен|содержание|措施|举措|任务|内容|行动|measure|activit|action|task"),
    )
)  # fmt: skip


def column_keys(headings: list[str]) -> tuple[str, ...]:
    """Return a key for each heading: a word of the trade where it is recognised the first time, else c1, c2 …"""
    keys: list[str] = []
    for at, heading in enumerate(headings, 1):
        found = next((key for key, looks in _WORDS if looks.search(" ".join(heading.split()))), None)
        keys.append(found if found and found not in keys else f"c{at}")
    return tuple(keys)


def are_headings(headings: list[str]) -> bool:
    """Whether a first row is the heading of a table: at least two of its cells are words of the trade."""
    return sum(not re.fullmatch(r"c\d+", key) for key in column_keys(headings)) >= 2
