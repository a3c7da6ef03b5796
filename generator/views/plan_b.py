"""Plan B of a gate page: other gates for the same traffic, and what must change in the papers."""

from markupsafe import Markup, escape

from generator.journeys.diversion import Diversion, PaperChange, diversions
from generator.model.gate import Gate
from generator.views.blocks import Box, Section
from generator.views.context import Context
from generator.views.procedures import refusal_line


def plan_b_section(context: Context, gate: Gate) -> Section | None:
    """The ways out of a gate, or None where the handbook knows no other."""
    found = diversions(context.handbook, context.key.id, context.today)
    if not found:
        return None
    words = context.words
    items = tuple(_way_out(context, diversion) for diversion in found)
    boxes = [Box("planb", "", (escape(words["plan-b.papers"]),), items)]
    # The ways out share nearly all journeys: each paper is named once for all of them.
    papers = {change.paper: change for diversion in found for change in diversion.papers}
    if papers:
        lines = tuple(_paper(context, papers[paper]) for paper in sorted(papers))
        boxes.append(Box("", words["diversion.papers"], (), lines))
    heading = words.fill("plan-b.heading", gate=gate.name[context.language])
    return Section("plan-b", heading, tuple(boxes))


def _way_out(context: Context, diversion: Diversion) -> Markup:
    words = context.words
    lines = [_name(context, diversion), escape(words[f"diversion.{diversion.order}"])]
    if diversion.note is not None:
        lines[-1] += Markup(" {}").format(context.text(diversion.note))
    total = len(diversion.journeys) + len(diversion.stranded)
    # Of a gate that no journey names there is nothing to count.
    if total:
        lines.append(escape(words.fill("diversion.journeys", n=len(diversion.journeys), total=total)))
    if diversion.stranded:
        lines.append(_labelled(words["diversion.stranded"], context.links("journeys", diversion.stranded)))
    # A post of which nothing is known is named once, where it must be told anew.
    unknown_posts = {service for service, there in diversion.posts if not there}
    missing = [service for service in diversion.missing_services if service not in unknown_posts]
    if missing:
        names = ", ".join(words[f"service.{service}"] for service in missing)
        lines.append(escape(words.fill("diversion.services-unknown", names=names)))
    for known, key in ((True, "diversion.post-known"), (False, "diversion.post-unknown")):
        posts = [words[f"service.{service}"] for service, there in diversion.posts if there == known]
        if posts:
            lines.append(escape(words.fill(key, name=", ".join(posts))))
    lines.append(_labelled(words["diversion.limits"], _limits(context, diversion)))
    if diversion.refusals:
        lines.append(Markup("<b>{}</b>").format(words["diversion.refusals"]))
        lines += [refusal_line(context, refusal) for _, refusal in diversion.refusals]
    return Markup(" ").join(Markup('<span class="ln">{}</span>').format(line) for line in lines)


def _labelled(label: str, value: Markup) -> Markup:
    return Markup("<b>{}</b> {}").format(label, value)


def _name(context: Context, diversion: Diversion) -> Markup:
    gate = context.handbook.get(Gate, diversion.gate)
    period = gate.class_on(context.today)
    gate_class = period.gate_class if period else "unknown"
    provinces = Markup(" – ").join(
        context.proper("provinces", half.province)
        for half in (gate.laos, gate.vietnam)
        if half.province is not None
    )
    said = Markup("<b>{}</b> · {}").format(
        context.link("gates", diversion.gate), context.words[f"gate-class.{gate_class}"]
    )
    return said + Markup(" · {}").format(provinces) if provinces else said


def _paper(context: Context, change: PaperChange) -> Markup:
    """The paper, and the steps where it is made: one changes it where one got it."""
    said = context.link("documents", change.paper)
    if not change.made_at:
        return said
    steps = Markup(", ").join(
        Markup('<a href="{}">{}, {}</a>').format(
            context.href("procedures", procedure, f"step-{n}"),
            context.title_of("procedures", procedure),
            context.words.fill("step-n-low", n=n),
        )
        for procedure, n in change.made_at
    )
    return Markup('{} <span class="small dim">({})</span>').format(said, steps)


def _limits(context: Context, diversion: Diversion) -> Markup:
    if not diversion.limits:
        return context.unknown()
    return Markup("; ").join(
        Markup("{}: {}").format(context.text(row.what), context.text(row.value)) + context.cite(row.sources)
        for row in diversion.limits
    )
