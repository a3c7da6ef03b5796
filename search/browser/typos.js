// What a mistyped syllable may have been meant to be; see search/typos.py.
const telex = cached(() => rewrites(rules.typos.telex));

function oneEdit(text) {
  const letters = rules.typos[isLao(text) ? 'lao' : 'latin'];
  const found = new Set();
  for (let i = 0; i <= text.length; i += 1) {
    const head = text.slice(0, i);
    const tail = text.slice(i);
    if (tail) {
      found.add(head + tail.slice(1));
      for (const letter of letters) found.add(head + letter + tail.slice(1));
    }
    if (tail.length > 1) found.add(head + tail[1] + tail[0] + tail.slice(2));
    for (const letter of letters) found.add(head + letter + tail);
  }
  found.delete(text);
  found.delete('');
  return Array.from(found);
}

function confused(folded) {
  const found = new Set();
  for (const [one, two] of rules.typos.onsets) {
    for (const [here, other] of [[one, two], [two, one]]) {
      if (folded.startsWith(here)) found.add(other + folded.slice(here.length));
    }
  }
  let plain = folded;
  for (const [pattern, to] of telex()) {
    plain = plain.replace(pattern, to);
    found.add(plain);
  }
  found.delete(folded);
  found.delete('');
  return Array.from(found);
}

function recut(run) {
  return oneEdit(run).map((text) => cut(text).map(([start, end]) => text.slice(start, end)));
}
