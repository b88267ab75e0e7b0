"""The transparency log: its leaves, the nodes of its tree, what was published, and the signed checkpoints.

All but the bodies are only ever added to: a trigger refuses change, and of the roles only the worker may add.
"""

from django.db import models


class LogLeaf(models.Model):
    """One entry as it is hashed. `event` is the ledger's entry that it tells of, none for documents and heads."""

    index = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=80)
    event = models.BigIntegerField(null=True, unique=True)
    entry = models.TextField()

    class Meta:
        db_table = "log_leaf"
        # The newest entry of one thing: queries/transparency.py.
        indexes = [models.Index(fields=["subject", "-index"], name="log_leaf_of_subject")]

    def __str__(self) -> str:
        return f"{self.index} {self.subject}"


class LogBody(models.Model):
    """What was published, with its salt, in the very bytes whose digest is in the entry. It can be erased."""

    leaf = models.OneToOneField(LogLeaf, models.PROTECT, primary_key=True, related_name="body")
    text = models.TextField()

    class Meta:
        db_table = "log_body"

    def __str__(self) -> str:
        return str(self.leaf_id)


class LogNode(models.Model):
    """A node of the tree that changes no more, under its in-order number: leaves are even, the levels lie between."""

    number = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField()

    class Meta:
        db_table = "log_node"

    def __str__(self) -> str:
        return str(self.number)


class LogCheckpoint(models.Model):
    """A signed note on the tree of the first `size` leaves."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "log_checkpoint"

    def __str__(self) -> str:
        return str(self.size)
