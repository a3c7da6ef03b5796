"""Under which addresses other devices find this computer."""

import ipaddress
import socket

# Never sent to: asking the system for the way there names the address of the network card.
SOMEWHERE = (
    ("10.255.255.255", socket.AF_INET),
    ("192.168.255.255", socket.AF_INET),
    ("fd00::1", socket.AF_INET6),
)


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach the host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _ways_out(host: str) -> list[str]:
    """Addresses of this computer's network cards that a server on all networks (`0.0.0.0` or `::`) answers at."""
    found: dict[str, None] = {}
    for target, family in SOMEWHERE:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
                found[str(probe.getsockname()[0])] = None
            except OSError:
                continue
    try:
        for _, _, _, _, address in socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM):
            found[str(address[0])] = None
    except OSError:
        pass
    return [
        address
        for address in found
        if not is_loopback(address) and "%" not in address and (":" in address) <= (":" in host)
    ]


def addresses(host: str, port: int) -> list[str]:
    """Web addresses of the server, the likeliest first; a host for all networks is named by this computer's own."""
    hosts = [host]
    if host in ("0.0.0.0", "::"):
        hosts = _ways_out(host) or ["127.0.0.1"]
    return [f"http://{f'[{name}]' if ':' in name else name}:{port}/" for name in hosts]
