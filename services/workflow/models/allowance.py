"""How often somebody without a log-in has done something within the hour."""

from django.db import models


class Allowance(models.Model):
    """Counted in the database, so that it holds for any number of processes. `who` is a keyed digest."""

    what = models.CharField(max_length=24)
    who = models.CharField(max_length=64)
    hour = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "who", "hour"], name="allowance_once_an_hour")]

    def __str__(self) -> str:
        return f"{self.what} {self.hour}"
