"""Where a form may ask to be led: within this site."""


def safe_path(target: str | None) -> str:
    """Return a path of this site to go on to, or the empty text where *target* leads elsewhere."""
    target = target or ""
    inside = target.startswith("/") and not target.startswith("//")
    return target if inside and target.isprintable() and "\\" not in target else ""
