"""What a client may take of the server's time and memory."""

from dataclasses import dataclass, field


def _most_connections() -> int:
    """Leave half of the files that this process may open to others: the database, the host's own ones."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return 512
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 512 if soft == resource.RLIM_INFINITY else max(8, min(512, soft // 2))


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a connection; RFC 9112, section 9.5, leaves them to the server.

    Attributes:
        idle: For how many seconds a client may send nothing while its request is waited for.
        whole: After how many seconds of waiting its request must be whole.
        keep_alive: For how many seconds a connection may rest between requests. A pooled connection that
            is closed just when a send goes out leaves that send's outcome unknown, so it is more than
            clients keep theirs, often 5 to 60 s.
        linger: For how many seconds a client may take to read a last answer.
        head_bytes: How long a head may be, and so may trailers and chunk extensions together.
        headers: How many headers it may hold, and how many trailers.
        queued: How many requests may wait behind the one that is being answered.
        connections: How many may be open at once. As many again get a 503; what comes beyond is closed.
    """

    idle: float = 0.8
    whole: float = 10.0
    keep_alive: float = 90.0
    linger: float = 1.0
    head_bytes: int = 65_536
    headers: int = 100
    queued: int = 100
    connections: int = field(default_factory=_most_connections)

    @property
    def tick(self) -> float:
        """Tell how often to look, in seconds, so that no limit is passed unnoticed."""
        return min(self.idle, self.whole, self.keep_alive)
