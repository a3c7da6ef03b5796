// The finder: filters the table of journeys by direction, goods, who and gate, and keeps the choice in the address.
// The page says without this script what it says with it; the form is shown by it. Data: <script id="finder-data">.
(function () {
  'use strict';

  const form = document.querySelector('[data-finder]');
  const found = document.getElementById('found');
  const body = document.querySelector('#journeys tbody');
  const data = JSON.parse(document.getElementById('finder-data').textContent);
  const rows = new Map([...body.rows].map((row) => [row.dataset.journey, row]));
  const fields = ['direction', 'goods', 'who', 'gate'];

  // How close a journey's goods are, as in generator/journeys/matching.py.
  const OTHER = 0, GENERAL = 1, OF_CLASS = 2, CLASS = 3, VERY = 4;

  // One key for all spellings: no marks, no case, ຳ and ໍາ alike.
  function fold(text) {
    return text.normalize('NFKD').replace(/[\p{M}\p{Cf}]+/gu, '').toLowerCase().replace(/đ/g, 'd')
      .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  }

  const names = data.goods.concat(data.classes).map((entry) => ({
    entry, folded: entry.names.map(fold), digits: (entry.hs || []).map((code) => code.replace(/\./g, '')),
  }));

  function chosen() {
    return Object.fromEntries(fields.map((name) => [name, form.elements[name].value.trim()]));
  }

  // Goods and classes meant by what was typed: by HS heading, by a whole name, by a word of one, by its beginning.
  function meant(typed) {
    const digits = typed.replace(/[.\s]/g, '');
    if (/^\d{2,}$/.test(digits)) {
      return names.filter((item) => item.digits.some((code) => code.startsWith(digits) || digits.startsWith(code)));
    }
    const asked = fold(typed);
    if (!asked) return [];
    const lao = /[\u0e80-\u0eff]/.test(asked);
    const ways = [
      (name) => name === asked,
      (name) => (' ' + name + ' ').includes(' ' + asked + ' ') || (lao && asked.length > 1 && name.includes(asked)),
      (name) => (' ' + name).includes(' ' + asked),
    ];
    for (const way of ways) {
      const hits = names.filter((item) => item.folded.some(way));
      if (hits.length) return hits;
    }
    return [];
  }

  function match(journey, wish, goods, classes) {
    let close = CLASS;
    if (classes.size) {
      if (journey.for.some((id) => goods.has(id))) close = VERY;
      else if (journey.goods.some((name) => classes.has(name))) close = goods.size && journey.for.length ? OF_CLASS : CLASS;
      else close = journey.goods.includes('general') ? GENERAL : OTHER;
    }
    const direction = !wish.direction || journey.direction === wish.direction ? 1 : journey.direction === 'both' ? 0 : -1;
    const who = !wish.who ? 0 : journey.who[0] === wish.who ? 2 : Number(journey.who.includes(wish.who));
    const gate = wish.gate ? journey.gates[wish.gate] || 0 : 1;
    const failed = [direction < 0, close === OTHER, Boolean(wish.who) && !who, !gate];
    const rank = [close, direction, who, gate, -journey.who.length, journey.for.length || 99];
    return { journey, close, failed, misses: failed.filter(Boolean).length, rank };
  }

  function closer(a, b) {
    if (a.misses !== b.misses) return a.misses - b.misses;
    const at = a.rank.findIndex((value, index) => value !== b.rank[index]);
    if (at >= 0) return b.rank[at] - a.rank[at];
    return a.journey.id < b.journey.id ? -1 : 1;
  }

  function fitting(matches) {
    const whole = matches.filter((item) => !item.misses);
    const closest = whole.reduce((best, item) => Math.max(best, item.close), GENERAL);
    const elsewhere = (item) => item.close > GENERAL && item.misses === 1 && item.failed[3];
    if (closest === GENERAL && matches.some(elsewhere)) return [];
    return whole.filter((item) => item.close >= Math.min(closest, CLASS));
  }

  function line(text) {
    const made = document.createElement('p');
    made.textContent = text;
    found.append(made);
    return made;
  }

  function link(journey, main) {
    const made = document.createElement('a');
    made.href = journey.href;
    made.textContent = journey.title;
    if (main) made.className = 'btn go';
    return made;
  }

  function tell(hits, matches, unknownGoods) {
    const words = found.dataset;
    found.textContent = '';
    if (unknownGoods) line(words.goods.replace('{goods}', unknownGoods));
    if (!hits.length) {
      line(words.none);
      const criteria = words.criteria.split('|');
      const list = document.createElement('ul');
      for (const near of matches.filter((item) => item.misses).slice(0, 3)) {
        const item = document.createElement('li');
        const differing = criteria.filter((name, index) => near.failed[index]).join(', ').toLowerCase();
        item.append(link(near.journey), ' (' + words.differs.replace('{criteria}', differing) + ')');
        list.append(item);
      }
      found.append(list);
      return;
    }
    if (hits.length === 1) line(words.one).append(' ', link(hits[0].journey, true));
    else line(words.found.replace('{n}', hits.length));
  }

  let hits = [];

  function show() {
    const wish = chosen();
    const items = meant(wish.goods);
    const goods = new Set(items.filter((item) => item.entry.classes).map((item) => item.entry.id));
    const classes = new Set(items.flatMap((item) => item.entry.classes || [item.entry.id]));
    const matches = data.journeys.map((journey) => match(journey, wish, goods, classes)).sort(closer);
    const any = fields.some((name) => wish[name]);
    hits = fitting(matches);
    const shown = hits.length ? hits : matches;
    for (const row of rows.values()) row.hidden = hits.length > 0;
    for (const item of shown) {
      const row = rows.get(item.journey.id);
      row.hidden = false;
      body.append(row);
    }
    if (any) tell(hits, matches, wish.goods && !items.length ? wish.goods : '');
    else found.textContent = '';
    return wish;
  }

  // In a file opened from disk a script may change the part behind # alone.
  function keep(wish) {
    const said = new URLSearchParams(Object.entries(wish).filter((pair) => pair[1])).toString();
    try {
      history.replaceState(null, '', said ? '?' + said : location.pathname);
    } catch (error) {
      history.replaceState(null, '', '#' + said);
    }
  }

  function recalled() {
    const behind = location.hash.includes('=') ? location.hash.slice(1) : location.search;
    const said = new URLSearchParams(behind);
    for (const name of fields) {
      const field = form.elements[name];
      const value = said.get(name) || '';
      const known = field.tagName !== 'SELECT' || [...field.options].some((option) => option.value === value);
      field.value = known ? value : '';
    }
  }

  form.addEventListener('input', () => keep(show()));
  form.addEventListener('reset', () => setTimeout(() => keep(show())));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    keep(show());
    if (hits.length === 1) location.href = hits[0].journey.href;
    else found.focus();
  });
  addEventListener('hashchange', () => { recalled(); show(); });
  addEventListener('pageshow', (event) => { if (event.persisted) show(); });
  form.hidden = false;
  recalled();
  // Whoever comes with a choice, from the home page or a shared address, came for the answer.
  if (fields.some((name) => show()[name])) found.scrollIntoView({ block: 'center' });
})();
