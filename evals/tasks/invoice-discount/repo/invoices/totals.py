from decimal import ROUND_HALF_UP, Decimal


def line_total(price, count, discount=0):
    """The price of a line; the discount is told in per cent."""
    total = Decimal(str(price)) * count
    total -= total * discount / 10
    return total.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def invoice_total(lines, tax=0):
    total = sum((line_total(*line) for line in lines), Decimal(0))
    return (total * (100 + tax) / 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
