// Everyday words of questions; see search/stopwords.py.
function byFirst(texts, name) {
  const found = new Map();
  for (const text of texts) {
    const words = analyze(text).map((token) => token[name]);
    if (!found.has(words[0])) found.set(words[0], []);
    found.get(words[0]).push(words);
  }
  return found;
}

const stopPhrases = cached(() => ({
  marked: byFirst(rules.stop.marked, 'exact'),
  plain: byFirst(rules.stop.plain, 'folded'),
  lao: byFirst(rules.stop.lao, 'exact'),
}));

function stopPlaces(exact, folded, unmarked) {
  const stops = exact.map(() => false);
  const lists = [unmarked ? [stopPhrases().plain, folded] : [stopPhrases().marked, exact]];
  if (exact.some(isLao)) lists.push([stopPhrases().lao, exact]);
  for (const [phrases, tokens] of lists) {
    tokens.forEach((token, start) => {
      for (const words of phrases.get(token) || []) {
        if (words.every((word, i) => tokens[start + i] === word)) stops.fill(true, start, start + words.length);
      }
    });
  }
  return stops.every(Boolean) ? exact.map(() => false) : stops;
}
