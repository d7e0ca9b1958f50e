"""The build: raw/ in, build/ out. Each module is a noun and runs as ``python -m scripts.<name>``."""

# Not signal, which takes ten milliseconds to import: until it is asked what to do, Ctrl-C shows a traceback.
import _signal as signal  # type: ignore[import-not-found]
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType, TracebackType


def _end_in_one_line() -> None:
    """Let Ctrl-C end this process with one line, whatever the library that was running makes of it.

    A command closes what it has open. While a library is imported there is nothing to close, and some abort when an import of
    theirs is interrupted; DuckDB raises a RuntimeError of its own, a finaliser prints a traceback and goes on.
    """
    asked, tell, ignore = False, sys.excepthook, sys.unraisablehook

    def note(_: int, frame: "FrameType | None") -> None:
        nonlocal asked
        asked = True
        while frame:
            if frame.f_code.co_filename.startswith("<frozen importlib"):
                end()
            frame = frame.f_back
        raise KeyboardInterrupt

    def end() -> None:
        os.write(2, b"Interrupted. Each file is whole, as it was or new: run the same again.\n")
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)

    def uncaught(kind: "type[BaseException]", error: BaseException, trace: "TracebackType | None") -> None:
        end() if asked else tell(kind, error, trace)

    def ignored(result: "sys.UnraisableHookArgs") -> None:
        end() if asked else ignore(result)

    signal.signal(signal.SIGINT, note)
    sys.excepthook, sys.unraisablehook = uncaught, ignored


# The interpreter calls itself so while it looks for the module of a command: whoever imports a module keeps their own ways.
# A Python before 3.8 gets as far as to be told that it is too old.
if sys.argv[0] == "-m" and hasattr(sys, "unraisablehook") and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    _end_in_one_line()
