"""What the process that opens a stranger's file may still do: compute, and talk through the pipe it holds.

Limits of the kernel (memory, time, no new handle of any kind: no file, no network, no pipe) and a list of the
system calls it needs (seccomp); every other one fails. So code that a hostile file smuggles in can read no
file, send nothing and look into no other process. On a machine without seccomp the limits alone hold.

Source: design, security tests F.5 (no network, limits, no file reaches another); seccomp(2), getrlimit(2).
"""

import ctypes
import os
import platform
import resource
import signal
import struct

MEMORY = 1024 * 1024 * 1024  # address space, bytes
CPU_SECONDS = 8

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_FILTER = 2  # SECCOMP_MODE_FILTER
_ALLOW, _FAIL, _KILL = 0x7FFF0000, 0x00050001, 0x80000000  # _FAIL: "operation not permitted"
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # classic BPF
# Audit architecture, and the numbers there of: read write close fstat lseek, mmap mprotect munmap mremap brk
# madvise, rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack, sendto recvfrom shutdown, futex sched_yield
# getpid gettid getrusage, clock_gettime gettimeofday getrandom, restart_syscall exit exit_group
_CALLS = {
    "x86_64": (
        0xC000003E,
        "0 1 3 5 8, 9 10 11 25 12 28, 13 14 15 131, 44 45 48, 202 24 39 186 98, 228 96 318, 219 60 231",
    ),
    "aarch64": (
        0xC00000B7,
        "63 64 57 80 62, 222 226 215 216 214 233, 134 135 139 132, 206 207 210, 98 124 172 178 165, "
        "113 169 278, 128 93 94",
    ),
}
_prctl = ctypes.CDLL(None).prctl
_prctl.argtypes = (ctypes.c_int, *(ctypes.c_ulong,) * 4)


def die_with_parent(parent: int) -> None:
    """The kernel ends this process when its parent ends; at once if that has happened already."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def hide() -> None:
    """No core file, and no other process of the same user reads this one's memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def enter() -> None:
    """From here on: memory, CPU time, and the handles already open; nothing else, and no way back."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    _prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if (machine := platform.machine()) in _CALLS:
        _only_calls(*_CALLS[machine])


def _only_calls(architecture: int, calls: str) -> None:
    """Install the list; where the kernel refuses to, the limits alone hold."""
    numbers = [int(number) for number in calls.replace(",", "").split()]
    count = len(numbers)
    program = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    program += [(_EQUAL, count - place, 0, number) for place, number in enumerate(numbers)]
    program += [(_RETURN, 0, 0, _FAIL), (_RETURN, 0, 0, _ALLOW)]
    code = b"".join(struct.pack("HBBI", *line) for line in program)
    held = ctypes.create_string_buffer(code, len(code))
    header = ctypes.create_string_buffer(struct.pack("HP", len(program), ctypes.addressof(held)))
    _prctl(_PR_SET_SECCOMP, _FILTER, ctypes.addressof(header), 0, 0)
