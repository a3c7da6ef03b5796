// Did you mean: the query in proper spelling, with the marks that the texts found have; see search/suggest.py.
function surface(text, tokens, i) {
  const written = text.slice(tokens[i].start, tokens[i].end);
  if (i === 0 && isUpper(written.charAt(0)) && !isUpper(written)) {
    const following = tokens.length > 1 ? text.charAt(tokens[1].start) : '';
    if (!isUpper(following)) return written.charAt(0).toLowerCase() + written.slice(1);
  }
  return written;
}

// For each folded token the spelling it most often has beside its neighbours in `texts`.
function spellingsIn(places, texts) {
  const votes = places.map(() => new Map());
  const where = new Map();
  places.forEach((folded, place) => append(where, folded, place));
  for (const text of texts) {
    const tokens = analyze(text);
    tokens.forEach((token, i) => {
      for (const place of where.get(token.folded) || []) {
        let value = 1;
        if (place && i && tokens[i - 1].folded === places[place - 1]) value += 4;
        if (place + 1 < places.length && i + 1 < tokens.length && tokens[i + 1].folded === places[place + 1]) value += 4;
        const spelling = surface(text, tokens, i);
        votes[place].set(spelling, (votes[place].get(spelling) || 0) + value);
      }
    });
  }
  return votes.map((vote) => Array.from(vote)
    .reduce((first, second) => (!first || second[1] > first[1] || (second[1] === first[1] && second[0] < first[0])
      ? second : first), null))
    .map((winner) => (winner ? winner[0] : ''));
}

// Whether each place is spelled as the index spells it, so that no text of a hit is needed to say so.
function spelledWell(plan, lexicon) {
  return plan.tokens.every((token, i) => !plan.corrected.has(i) && typedWell(plan, lexicon, i));
}

function typedWell(plan, lexicon, i) {
  const { exact } = plan.tokens[i];
  return Boolean(plan.exact[i]) || (lexicon.frequency('exact', exact) > 0 && !isAscii(exact));
}

// The languages in whose texts the places of a query may be spelled.
function languagesAsked(plan) {
  const lao = plan.tokens.map((token) => isLao(token.folded));
  return ['vi', 'lo'].filter((language) => lao.includes(language === 'lo'));
}

function suggest(text, plan, texts, lexicon) {
  const places = [];
  const owners = [];
  plan.tokens.forEach((token, i) => {
    for (const folded of plan.corrected.get(i) || [token.folded]) {
      places.push(folded);
      owners.push(i);
    }
  });
  const spelled = new Map();
  spellingsIn(places, texts).forEach((spelling, k) => append(spelled, owners[k], spelling));
  const pieces = [];
  let done = 0;
  for (let i = 0; i < plan.tokens.length; i += 1) {
    const token = plan.tokens[i];
    let found = spelled.get(i) || [];
    if (!plan.corrected.has(i) && (typedWell(plan, lexicon, i) || !found.every(Boolean))) {
      found = [text.slice(token.start, token.end)];
    } else if (!found.every(Boolean)) {
      return null;
    }
    pieces.push(text.slice(done, token.start));
    if (token.start < done && found.length) pieces.push(' ');
    pieces.push(found.join(isLao(token.folded) ? '' : ' '));
    done = token.end;
  }
  const proper = (pieces.join('') + text.slice(done)).replace(EDGES, '');
  const exactOf = (words) => analyze(words).map((token) => token.exact).join('\n');
  return exactOf(proper) !== exactOf(text) ? proper : null;
}

// Words of the index nearest to what was typed, in their commonest spelling.
function nearestTerms(plan, lexicon) {
  const spellings = lexicon.spellings();
  if (!spellings) return [];
  const scored = [];
  for (const { folded } of plan.tokens) {
    if (isDigits(folded) || folded.length < 2) continue;
    const most = folded.length < 5 ? 1 : 2;
    lexicon.terms.forEach((term, id) => {
      const apart = lexicon.frequencies[id] ? distance(folded, term, most) : most + 1;
      if (apart <= most) scored.push([apart, -lexicon.frequencies[id], spellings[id]]);
    });
  }
  return Array.from(new Set(scored.sort(compareLists).map((item) => item[2]))).slice(0, limit('nearest'));
}
