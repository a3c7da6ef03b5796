// As-you-type: what the last, unfinished syllable of a query may become; see search/completion.py.
function complete(last, before, lexicon) {
  const whole = lexicon.frequency('folded', last) > 0;
  const factor = whole ? weight('completion') : weight('completion_unknown');

  function best(field, prefix, end) {
    const terms = lexicon.starting(field, prefix, limit('completions_scanned'))
      .filter((term) => !term.endsWith(end))
      .map((term) => [lexicon.frequency(field, term), term]);
    const all = Math.min(lexicon.documents, sum(terms.map((item) => item[0])));
    const telling = Math.max(1, inverseFrequency(lexicon.documents, all));
    return terms
      .sort((first, second) => second[0] - first[0] || compareTexts(first[1], second[1]))
      .slice(0, limit('completions_kept'))
      .map(([, term]) => ({ term, factor, telling }));
  }

  const leads = before.slice(0, 2);
  let pairs = [];
  for (const first of leads) pairs = pairs.concat(best('pair', first + JOIN + last, JOIN + last));
  let inner = [];
  if (isLao(last)) {
    for (let cutAt = 1; cutAt <= Math.min(3, last.length - 1); cutAt += 1) {
      const head = last.slice(0, -cutAt);
      const tail = last.slice(-cutAt);
      if (!lexicon.frequency('folded', head)) continue;
      const linked = leads.filter((first) => lexicon.frequency('pair', first + JOIN + head));
      if (before.length && !linked.length) continue;
      const found = best('pair', head + JOIN + tail, JOIN + tail);
      inner = inner.concat(found);
      if (found.length) {
        pairs = pairs.concat(linked.map((first) => ({ term: first + JOIN + head, factor: FULL, telling: 0 })));
      }
    }
  }
  let singles = [];
  if (!pairs.length && !inner.length && last.length > 1 && (!before.length || !whole)) {
    singles = best('folded', last, JOIN + last).filter((choice) => choice.term !== last);
  }
  return { singles, pairs, inner };
}
