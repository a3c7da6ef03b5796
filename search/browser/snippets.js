// The passage of a hit to show, with the places to highlight, in the text as it was written; see search/snippets.py.
// A marked text is {text, highlights}; `wanted` holds the maps singles, pairs (by "first second") and forms.
const SENTENCE_END = /[.;:!?\n]/;
const INSIDE_LETTER = /^(?:\p{M}|[\udc00-\udfff])/u;
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/g;

function worthsOf(tokens, wanted) {
  const worths = tokens.map((token) => {
    const forms = wanted.forms.get(token.folded);
    return !forms || forms.has(token.exact) ? wanted.singles.get(token.folded) || 0 : 0;
  });
  for (let i = 1; i < tokens.length; i += 1) {
    const together = wanted.pairs.get(tokens[i - 1].folded + JOIN + tokens[i].folded) || 0;
    if (together) {
      worths[i - 1] = Math.max(worths[i - 1], together);
      worths[i] = Math.max(worths[i], together);
    }
  }
  return worths;
}

// What a passage is worth that holds all that is wanted.
function mostWorth(wanted) {
  const worths = new Map(wanted.singles);
  wanted.pairs.forEach((together, pair) => {
    for (const folded of pair.split(JOIN)) worths.set(folded, Math.max(together, worths.get(folded) || 0));
  });
  return sum(Array.from(worths.values()));
}

function highlightsOf(tokens, worths) {
  const spans = [];
  let last = -2;
  tokens.forEach((token, i) => {
    if (!worths[i]) return;
    const before = spans[spans.length - 1];
    if (before && last === i - 1 && token.start - before[1] <= 1) before[1] = token.end;
    else spans.push([token.start, token.end]);
    last = i;
  });
  return spans;
}

function markText(text, wanted) {
  const tokens = analyze(text);
  return { text: text.replace(CONTROL, ' '), highlights: highlightsOf(tokens, worthsOf(tokens, wanted)) };
}

function bestPassage(texts, wanted) {
  const size = limit('snippet_characters');
  const most = mostWorth(wanted);
  let found = null;
  let left = limit('snippet_source_characters');
  for (const whole of texts) {
    if (left <= 0) break;
    const text = firstCharacters(whole, left);
    left -= text.length;
    const tokens = analyze(text);
    const worths = worthsOf(tokens, wanted);
    const [value, first] = bestWindow(tokens, worths, size);
    if (!found || value > found.value) found = { value, text, tokens, worths, first };
    if (most && value >= most) break; // no later passage holds more
  }
  return found ? cutPassage(found, size) : { text: '', highlights: [] };
}

// The most worth that distinct tokens within `size` characters have, and the first token of that window.
function bestWindow(tokens, worths, size) {
  let most = 0;
  let mostFirst = 0;
  const inside = new Map();
  let value = 0;
  let first = 0;
  tokens.forEach((token, last) => {
    if (worths[last]) {
      const held = inside.get(token.folded) || 0;
      value += held ? 0 : worths[last];
      inside.set(token.folded, held + 1);
    }
    // a word longer than a passage stands alone
    while (first < last && token.end - tokens[first].start > size) {
      if (worths[first]) {
        const held = inside.get(tokens[first].folded) - 1;
        inside.set(tokens[first].folded, held);
        value -= held ? 0 : worths[first];
      }
      first += 1;
    }
    if (value > most) {
      most = value;
      mostFirst = first;
    }
  });
  while (mostFirst < tokens.length && most && !worths[mostFirst]) mostFirst += 1;
  return [most, mostFirst];
}

// Where to cut a word that is longer than any passage: before a letter and its marks.
function withinWord(text, begin, size) {
  let stop = begin + size;
  while (stop > begin && INSIDE_LETTER.test(text.slice(stop, stop + 2))) stop -= 1;
  return stop;
}

function cutPassage({ text, tokens, worths, first }, size) {
  if (!tokens.length) return { text: '', highlights: [] };
  let start = first;
  while (start && tokens[first].start - tokens[start - 1].start <= quotient(size, 3)) {
    start -= 1;
    if (start === 0 || SENTENCE_END.test(text.slice(tokens[start - 1].end, tokens[start].start))) break;
  }
  const begin = start || tokens[0].start > size ? tokens[start].start : 0;
  let end = start + 1;
  while (end < tokens.length && tokens[end].end - begin <= size) end += 1;
  let stop = tokens[end - 1].end;
  if (stop - begin > 2 * size) stop = withinWord(text, begin, 2 * size);
  else if (end === tokens.length && text.length - stop <= size) stop = text.length;
  else if ('.!?'.includes(text.charAt(stop) || ' ')) stop += 1;
  const head = start ? '… ' : '';
  const tail = text.slice(stop).replace(EDGES, '') ? ' …' : '';
  const shift = head.length - begin;
  const highlights = highlightsOf(tokens.slice(start, end), worths.slice(start, end))
    .filter(([from]) => from < stop)
    .map(([from, to]) => [from + shift, Math.min(to, stop) + shift]);
  return { text: head + text.slice(begin, stop).replace(CONTROL, ' ') + tail, highlights };
}
