// Document numbers and tariff headings in every usual way of typing them; see search/codes.py.
const codeGrammar = cached(() => {
  const section = rules.codes;
  const types = new Map();
  const abbreviations = new Map();
  for (const kind of Object.keys(section.types)) {
    for (const name of section.types[kind]) types.set(name, kind);
    abbreviations.set(kind, kind);
  }
  for (const issuer of Object.keys(section.issuers)) abbreviations.set(issuer, section.issuers[issuer]);
  return {
    types,
    abbreviations,
    skip: new Set(section.skip),
    year: new RegExp(section.year),
    heading: new RegExp(section.heading),
    number: new RegExp(section.number),
  };
});

function wholeTerm(tokens) {
  return 'x:' + tokens.join('');
}

// The most telling code at each place of a query that the index knows, as {start, end, term}.
function queryCodes(tokens, alone, known) {
  const grammar = codeGrammar();
  const matches = [];
  tokens.forEach((token, i) => {
    if (grammar.number.test(token)) {
      const found = numberAt(tokens, i, known, grammar);
      if (found) matches.push(found);
    }
    if (grammar.heading.test(token)) {
      for (let length = token.length; length > 3; length -= 2) {
        const term = 'hs' + token.slice(0, length);
        if (known(term)) {
          matches.push({ start: i, end: i + 1, term });
          break;
        }
      }
    }
  });
  let done = 0;
  for (let start = 0; start < tokens.length; start += 1) {
    for (let end = Math.min(tokens.length, start + 6); end > start; end -= 1) {
      if (start < done || grammar.number.test(tokens[start]) || (end === start + 1 && !alone(start))) continue;
      const term = wholeTerm(tokens.slice(start, end));
      if (known(term)) {
        matches.push({ start, end, term });
        done = end;
        break;
      }
    }
  }
  return matches;
}

function numberAt(tokens, at, known, grammar) {
  let start = at;
  let end = at + 1;
  for (let length = endsWith(tokens, start, grammar.skip); length; length = endsWith(tokens, start, grammar.skip)) {
    start -= length;
  }
  let kind = '';
  let before = 0;
  grammar.types.forEach((type, name) => {
    const { length } = name.split(' ');
    if (length > before && tokens.slice(Math.max(0, start - length), start).join(' ') === name) {
      kind = type;
      before = length;
    }
  });
  start = before ? start - before : at;
  let year = '';
  const after = end < tokens.length && grammar.skip.has(tokens[end]) ? end + 1 : end;
  if (after < tokens.length && grammar.year.test(tokens[after])) {
    year = tokens[after];
    end = after + 1;
  }
  const number = tokens[at];
  const full = year ? number + '/' + year : number;
  let stop = end;
  while (stop < tokens.length && stop < end + 4 && tokens[stop].length <= 6) stop += 1;
  for (let last = stop; last > end; last -= 1) {
    const term = [full].concat(tokens.slice(end, last)).join('/');
    if (known(term)) return { start, end: last, term };
  }
  if (!kind && end < tokens.length && grammar.abbreviations.has(tokens[end])) {
    kind = grammar.abbreviations.get(tokens[end]);
    end += 1;
  }
  const choices = [];
  if (kind && year) choices.push(kind + number + '/' + year);
  if (year) choices.push(number + '/' + year);
  if (kind) choices.push(kind + number);
  if (!year && (kind || start !== at || tokens.length === 1)) choices.push(number);
  const term = choices.find((choice) => known(choice));
  return term ? { start, end, term } : null;
}

function endsWith(tokens, end, words) {
  for (const length of [3, 2, 1]) {
    if (end >= length && words.has(tokens.slice(end - length, end).join(' '))) return length;
  }
  return 0;
}
