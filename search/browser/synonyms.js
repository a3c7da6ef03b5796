// Groups of equivalent phrases, matched in a query over folded tokens, longest first; see search/synonyms.py.
function matchSynonyms(folded, exact, unmarked, lexicon) {
  const section = rules.synonyms;
  const matches = [];
  folded.forEach((token, start) => {
    const best = new Map();
    for (const [words, number, value, single] of lexicon.synonyms(token)) {
      if (words.some((word, i) => folded[start + i] !== word)
        || (single && !unmarked && exact[start] !== single)) continue;
      const [length, numbers] = best.get(value) || [0, []];
      if (words.length > length) best.set(value, [words.length, [number]]);
      else if (words.length === length) numbers.push(number);
    }
    const whole = (best.get(weight('synonym')) || [0])[0];
    for (const value of Array.from(best.keys()).sort((first, second) => second - first)) {
      const [length, numbers] = best.get(value);
      if (value === weight('synonym') || length > whole) {
        const groups = Array.from(new Set(numbers)).sort((first, second) => first - second).slice(0, section.groups);
        matches.push({ start, end: start + length, weight: value, groups });
      }
    }
  });
  matches.sort((first, second) => (first.start - first.end) - (second.start - second.end)
    || first.start - second.start || second.weight - first.weight);
  return matches.slice(0, section.spans);
}
