"""`handbook headers`: what a web server must be told to serve the site safely."""

import sys
from pathlib import Path

import click

from generator.offline.published import NotBuilt, published_of_site


@click.command()
@click.argument("server", type=click.Choice(["netlify", "apache", "nginx", "caddy"]))
@click.option("--site", "site_dir", type=click.Path(path_type=Path), default=Path("site"), show_default=True)
def headers(server: str, site_dir: Path) -> None:
    """Print the headers of the built site in the words of a web server."""
    from generator.site.headers import WRITERS, headers_of_site

    try:
        published_of_site(site_dir)
    except NotBuilt as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(WRITERS[server](headers_of_site(site_dir)), nl=False)
