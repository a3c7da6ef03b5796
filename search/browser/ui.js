// The page of results. Data reach it as text only: nodes and text nodes are made, never markup.
const PAGE_WORDS = typeof document === 'undefined' ? null : WORDS[document.documentElement.lang];
const TYPING = 150;
const RECENT = { name: 'handbook.searches', most: 8 };

function said(name, values) {
  return PAGE_WORDS[name].replace(/\{(\w+)\}/g, (whole, key) => values[key]);
}

function make(parent, tag, text, properties) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  Object.assign(element, properties || {});
  parent.append(element);
  return element;
}

// Text with its highlights; they are spans of whole tokens, so no letter is cut from its marks.
function makeMarked(parent, text, highlights) {
  let done = 0;
  for (const [start, end] of highlights) {
    parent.append(text.slice(done, start));
    make(parent, 'mark', text.slice(start, end));
    done = end;
  }
  parent.append(text.slice(done));
}

function addressOf(text, kind) {
  return '?q=' + encodeURIComponent(text) + (kind ? '&kind=' + encodeURIComponent(kind) : '');
}

// Recent queries, on this device only; a browser that forbids storage keeps none.
function recentQueries() {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT.name));
    return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string').slice(0, RECENT.most) : [];
  } catch (error) {
    return [];
  }
}

function keepRecent(queries) {
  try {
    if (queries.length) localStorage.setItem(RECENT.name, JSON.stringify(queries.slice(0, RECENT.most)));
    else localStorage.removeItem(RECENT.name);
  } catch (error) { /* not kept */ }
}

class ResultsPage {
  constructor(results) {
    const root = document.body.dataset.root || '';
    this.root = root;
    this.language = document.documentElement.lang;
    this.results = results;
    this.status = document.getElementById('search-status');
    this.input = document.getElementById('q');
    this.engine = new Engine(shardFetcher(root + 'search/'));
    this.turn = 0;
    this.kind = '';
    this.shown = null;
    this.typing = 0;
    this.input.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener('input', () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.show(this.input.value, ''), TYPING);
    });
    document.addEventListener('keydown', (event) => this.key(event));
    results.addEventListener('click', (event) => this.click(event));
    addEventListener('popstate', () => this.readAddress());
    this.start();
  }

  // What was typed while the program was on its way is asked for.
  start() {
    if (this.input.value && !new URLSearchParams(location.search).has('q')) this.show(this.input.value, '');
    else this.readAddress();
  }

  readAddress() {
    const asked = new URLSearchParams(location.search);
    this.input.value = asked.get('q') || '';
    this.show(this.input.value, asked.get('kind') || '', true);
  }

  submit() {
    clearTimeout(this.typing);
    this.remember(this.input.value);
    this.show(this.input.value, this.kind);
  }

  remember(query) {
    const text = query.trim();
    if (text) keepRecent([text].concat(recentQueries().filter((other) => other !== text)));
  }

  // Keeps the address in step, so that it can be shared and the way back leads here. Not every browser allows it
  // for a file; the page works without.
  writeAddress(text, kind) {
    try {
      history.replaceState(null, '', text ? addressOf(text, kind) : location.pathname);
    } catch (error) { /* the address stays */ }
  }

  show(query, kind, keepAddress) {
    const text = query.trim();
    this.turn += 1;
    const { turn } = this;
    this.kind = kind;
    if (!keepAddress) this.writeAddress(text, kind);
    if (!text) {
      this.showStart();
      return;
    }
    this.search(text, kind, undefined, turn);
  }

  search(text, kind, count, turn) {
    const busy = setTimeout(() => { if (turn === this.turn) this.status.textContent = said('busy'); }, 400);
    const options = { lang: this.language, kind: kind || undefined, counts: true, limit: count };
    return this.engine.search(text, options).then((result) => {
      if (turn === this.turn) this.showResult(text, kind, result);
    }, () => {
      if (turn === this.turn) this.showFailure(text, kind);
    }).then(() => clearTimeout(busy));
  }

  clear(status) {
    this.results.textContent = '';
    this.status.textContent = status;
  }

  showStart() {
    this.clear('');
    const recent = recentQueries();
    if (!recent.length) return;
    make(this.results, 'h2', said('recent'));
    const list = make(this.results, 'ul', '', { className: 'recent' });
    for (const text of recent) make(make(list, 'li'), 'a', text, { href: addressOf(text) });
    make(this.results, 'button', said('clear'), { type: 'button', className: 'btn' }).dataset.act = 'forget';
    make(this.results, 'p', said('recent-note'), { className: 'dim' });
  }

  showFailure(text, kind) {
    this.clear(said('failed'));
    make(this.results, 'a', said('again'), { href: addressOf(text, kind), className: 'btn' });
    this.showIndexPages();
  }

  showIndexPages() {
    make(this.results, 'h2', said('lists'));
    const list = make(this.results, 'ul', '', { className: 'all' });
    for (const [kind, label] of PAGE_WORDS.kinds) {
      make(make(list, 'li'), 'a', label, { href: kind + '/index.html' });
    }
  }

  showResult(text, kind, result) {
    this.clear(result.total ? said('count', { n: result.total }) : said('none'));
    if (result.suggestion) {
      const line = make(this.results, 'p', '', { className: 'meant' });
      line.append(said('suggest') + ' ');
      make(line, 'a', result.suggestion, { href: addressOf(result.suggestion) });
    }
    if (!result.total && !kind) {
      this.showNothing(result);
      return;
    }
    this.showKinds(text, kind, result);
    const ours = result.hits.filter((hit) => hit.lang === this.language);
    const others = result.hits.filter((hit) => hit.lang !== this.language);
    if (ours.length) this.showHits(ours, 'h2');
    if (others.length) {
      make(this.results, 'h2', said('other'), { className: 'other' });
      this.showHits(others, 'h3');
    }
    const left = Math.min(result.total, rules.limits.hits_most) - result.hits.length;
    if (left > 0 && result.hits.length) {
      const more = make(this.results, 'button', said('more'), { type: 'button', className: 'btn' });
      Object.assign(more.dataset, { act: 'more', text, kind, count: result.hits.length + rules.limits.hits });
    }
  }

  showNothing(result) {
    if (result.nearest.length) {
      const line = make(this.results, 'p', '');
      line.append(said('nearest') + ' ');
      result.nearest.forEach((term, i) => {
        if (i) line.append(', ');
        make(line, 'a', term, { href: addressOf(term), className: 'nb' }).lang = isLao(term) ? 'lo' : 'vi';
      });
    }
    this.showIndexPages();
  }

  showKinds(text, kind, result) {
    const chips = make(this.results, 'ul', '', { className: 'chips' });
    const labels = new Map(PAGE_WORDS.kinds);
    const counted = Object.keys(result.counts).sort((one, two) => result.counts[two] - result.counts[one]
      || compareTexts(one, two));
    if (kind && !result.counts[kind]) counted.push(kind);
    for (const name of [''].concat(counted)) {
      const count = name ? result.counts[name] || 0 : result.all;
      const label = (name ? labels.get(name) || name : said('all')) + ' ' + count;
      const chip = make(make(chips, 'li'), 'a', label, { href: addressOf(text, name) });
      chip.setAttribute('role', 'button');
      chip.setAttribute('aria-pressed', String(name === kind));
      Object.assign(chip.dataset, { act: 'kind', kind: name });
    }
  }

  showHits(hits, heading) {
    const labels = new Map(PAGE_WORDS.kinds);
    const list = make(this.results, 'ol', '', { className: 'hits' });
    for (const hit of hits) {
      const item = make(list, 'li');
      make(item, 'p', labels.get(hit.kind) || hit.kind, { className: 'kick' });
      const link = make(make(item, heading), 'a', '', { href: this.root + hit.url });
      link.dataset.act = 'hit';
      makeMarked(link, hit.title, hit.titleHighlights);
      const passage = make(item, 'p');
      makeMarked(passage, hit.snippet, hit.highlights);
      if (hit.lang !== this.language) {
        link.lang = hit.lang;
        passage.lang = hit.lang;
      }
    }
  }

  click(event) {
    const target = event.target.closest('[data-act]');
    if (!target) return;
    const { act } = target.dataset;
    if (act === 'hit') {
      this.remember(this.input.value);
    } else if (act === 'forget') {
      keepRecent([]);
      this.showStart();
      this.input.focus();
    } else if (act === 'kind') {
      event.preventDefault();
      this.choose(target.dataset.kind);
    } else {
      this.more(target.dataset);
    }
  }

  // The chip chosen keeps the focus, though the list is made anew.
  choose(kind) {
    const text = this.input.value.trim();
    this.turn += 1;
    this.kind = kind;
    this.writeAddress(text, kind);
    this.search(text, kind, undefined, this.turn).then(() => {
      const chip = Array.from(this.results.querySelectorAll('[data-act=kind]'))
        .find((other) => other.dataset.kind === kind);
      if (chip) chip.focus();
    });
  }

  more({ text, kind, count }) {
    const before = this.links().length;
    this.turn += 1;
    this.search(text, kind, Number(count), this.turn).then(() => {
      const link = this.links()[before];
      if (link) link.focus();
    });
  }

  links() {
    return Array.from(this.results.querySelectorAll('[data-act=hit]'));
  }

  // Arrows go from the box through the hits and back, Escape goes back to the box and empties it.
  key(event) {
    const { key, target } = event;
    const chip = key === ' ' && target.closest && target.closest('[data-act=kind]');
    if (chip) {
      event.preventDefault();
      this.choose(chip.dataset.kind);
      return;
    }
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const inside = target === this.input || this.results.contains(target);
    if (!inside) return;
    if (key === 'Escape') {
      event.preventDefault();
      if (target === this.input) {
        this.input.value = '';
        clearTimeout(this.typing);
        this.show('', '');
      }
      this.input.focus();
      return;
    }
    if (key !== 'ArrowDown' && key !== 'ArrowUp') return;
    const links = this.links();
    const at = links.indexOf(target);
    const next = key === 'ArrowDown' ? at + 1 : at - 1;
    if ((target !== this.input && at < 0) || (key === 'ArrowUp' && target === this.input)) return;
    event.preventDefault();
    if (next < 0) this.input.focus();
    else if (next < links.length) links[next].focus();
  }
}

function startPage() {
  const results = typeof document !== 'undefined' && PAGE_WORDS && document.getElementById('search-results');
  return results ? new ResultsPage(results) : null;
}
