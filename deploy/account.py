"""Under whom the embedded server runs. PostgreSQL refuses to be root, so root has to become someone.

No account is ever added, and no folder that is not ours is opened wider.
"""

import contextlib
import ctypes
import functools
import os
import pwd
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from deploy.process import checked, libc

PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP = 28, 1 << 2
PR_SET_KEEPCAPS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 8, 47, 2
CLONE_NEWUSER = 0x10000000
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
CAPABILITY_VERSION = 0x20080522


class Capabilities(ctypes.Structure):
    """The two 32-bit words of each set, as capset(2) wants them."""

    _fields_ = [
        (f"{name}{word}", ctypes.c_uint32)
        for word in (0, 1)
        for name in ("effective", "permitted", "inheritable")
    ]


@dataclass(frozen=True)
class Account:
    """Under whom the server runs: an owner for its folders, and how its process gets there."""

    name: str
    uid: int
    gid: int
    enter: Callable[[], None]


def myself() -> Account:
    return Account("self", os.geteuid(), os.getegid(), lambda: None)


def keep_way_in() -> None:
    """Keep the one capability that lets an account pass closed folders above its own."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    held = Capabilities()
    checked(libc.capget(header, ctypes.byref(held)), "capget")
    held.effective0, held.effective1 = held.permitted0, held.permitted1
    checked(libc.capset(header, ctypes.byref(held)), "capset")
    # Without this bit access(2), which PostgreSQL's programs ask, forgets capabilities.
    checked(libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0), "prctl")
    one = CAP_DAC_READ_SEARCH if held.permitted0 >> CAP_DAC_READ_SEARCH & 1 else CAP_DAC_OVERRIDE
    bit = 1 << one
    only = Capabilities(effective0=bit, permitted0=bit, inheritable0=bit)
    checked(libc.capset(header, ctypes.byref(only)), "capset")
    checked(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, one, 0, 0), "prctl")


def become_mapped() -> None:
    """Stay the same account outside, be `nobody` inside: a user namespace with one entry."""
    uid, gid, inside = os.geteuid(), os.getegid(), pwd.getpwnam("nobody")
    checked(libc.unshare(CLONE_NEWUSER), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{inside.pw_uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{inside.pw_gid} {gid} 1")


def become_nobody(places: tuple[Path, ...]) -> None:
    """Become `nobody`; where that account cannot reach the places, keep a way in for this process alone."""
    account = pwd.getpwnam("nobody")
    checked(libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0), "prctl")
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    if not all(os.access(place, os.R_OK | os.X_OK) for place in places):
        keep_way_in()


def succeeds(attempt: Callable[[], object]) -> bool:
    """Try something in a forked child, which is then gone again with all it changed of itself."""
    child = os.fork()
    if child == 0:
        try:
            attempt()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def own(folder: Path, account: Account) -> None:
    """Give one of our folders, with all in it, to the server's account."""
    if folder.stat().st_uid == account.uid:
        return
    for place, _, names in os.walk(folder):
        for path in (place, *(os.path.join(place, name) for name in names)):  # noqa: PTH118
            os.chown(path, account.uid, account.gid, follow_symlinks=False)


def accounts(places: tuple[Path, ...]) -> Iterator[Account]:
    """The accounts a server may run under here, best first. PostgreSQL refuses to be root."""
    uid, gid = os.geteuid(), os.getegid()
    if uid != 0:
        yield myself()
        return
    nobody = pwd.getpwnam("nobody")
    yield Account("mapped", uid, gid, become_mapped)
    enter = functools.partial(become_nobody, places)
    yield Account("nobody", nobody.pw_uid, nobody.pw_gid, enter)


def choose_account(places: tuple[Path, ...], program: list[str | Path]) -> Account | None:
    """The first account that can write in our folders and run the program; the folders are its own then."""

    def usable(account: Account) -> None:
        account.enter()
        for place in places:
            (place / ".writable").touch()
            (place / ".writable").unlink()
        if not os.access(program[0], os.X_OK):
            raise PermissionError(program[0])
        subprocess.run(program, check=True, stdout=subprocess.DEVNULL)

    for account in accounts((*places, Path(program[0]).parent)):
        with contextlib.suppress(OSError):  # an account that can own no file here
            for place in places:
                own(place, account)
            if succeeds(functools.partial(usable, account)):
                return account
    return None
