def report(rows):
    """Rows of (name, hours) as lines of text, with the sum last."""
    lines = []
    total = 0
    for name, hours in rows:
        if hours >= 10:
            lines.append(name + "." * (20 - len(name)) + str(hours) + " h")
        else:
            lines.append(name + "." * (20 - len(name)) + " " + str(hours) + " h")
        total = total + hours
    if total >= 10:
        lines.append("total" + "." * (20 - len("total")) + str(total) + " h")
    else:
        lines.append("total" + "." * (20 - len("total")) + " " + str(total) + " h")
    return "\n".join(lines)
