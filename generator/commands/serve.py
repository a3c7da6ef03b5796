"""`handbook serve`: site and search for this computer, or for phones on the post's own network."""

import sys
from datetime import date
from pathlib import Path

import click

from generator.commands.options import language_option
from generator.offline.portable.age import age_lines
from generator.offline.portable.words import Language
from generator.offline.published import NotBuilt, published_of_site

# What is printed on start: own computer, whole network.
SERVING = {
    "vi": "Đang phục vụ sổ tay (dừng: Ctrl+C):",
    "lo": "ກຳລັງເປີດປຶ້ມຄູ່ມື (ຢຸດ: Ctrl+C):",
    "en": "Serving the handbook (stop: Ctrl+C):",
}
OPEN_TO_ALL = {
    "vi": "Mọi máy trong mạng này đều đọc được. Quét mã bằng điện thoại trên cùng Wi-Fi:",
    "lo": "ທຸກເຄື່ອງໃນເຄືອຂ່າຍນີ້ອ່ານໄດ້. ສະແກນລະຫັດດ້ວຍໂທລະສັບທີ່ໃຊ້ Wi-Fi ດຽວກັນ:",
    "en": "Every device on this network can read it. Scan with a phone on the same Wi-Fi:",
}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 opens it to the whole network.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)
@click.option("--site", "site_dir", type=click.Path(path_type=Path), default=Path("site"), show_default=True)
@click.option(
    "--index", "index_dir", type=click.Path(path_type=Path), default=Path("index"), show_default=True
)
@language_option
def serve(host: str, port: int, site_dir: Path, index_dir: Path, lang: Language) -> None:
    """Serve the built site and its search, read-only. By default this computer alone can reach it."""
    from generator.serving.addresses import addresses, is_loopback
    from generator.serving.server import ServePlan, listen, server_of

    try:
        published = published_of_site(site_dir)
    except NotBuilt as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    try:
        bound = listen(host, port)
    except OSError as error:
        click.echo(f"{host}:{port}: {error.strerror or error} (--host, --port)", err=True)
        sys.exit(1)
    with bound:
        server = server_of(ServePlan(site_dir, index_dir, host, port))
        places = addresses(host, bound.getsockname()[1])
        for line in age_lines(published, date.today(), lang):
            click.echo(line)
        click.echo(SERVING[lang])
        for place in places:
            click.echo(f"  {place}  {place}lo/index.html")
        if not is_loopback(host):
            import segno

            click.echo(OPEN_TO_ALL[lang])
            segno.make(places[0], micro=False).terminal(out=sys.stdout, compact=True)
        sys.stdout.flush()
        # A search is work; whoever asks for a page meanwhile waits no longer than this for each turn of the interpreter.
        sys.setswitchinterval(0.0005)
        server.run(sockets=[bound])
