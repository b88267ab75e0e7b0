"""Words for the columns of the workbook that figures are entered by."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

COLUMNS: dict[str, Promise] = {
    "unit": _("Code of the unit"),
    "unit_name": pgettext_lazy("of a figure", "Unit"),
    "criterion": _("Criterion code"),
    "name": _("Criterion"),
    "measure": _("Code of the figure"),
    "figure": _("Figure"),
    "value": _("Value (yes is 1, no is 0)"),
    "numerator": _("How many meet it"),
    "denominator": _("Out of how many"),
    "source": _("Where it comes from"),
    "on": _("Day, such as 2026-11-22"),
}
