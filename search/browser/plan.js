// Understands a query: which terms of the index each of its places may mean, and how much each counts. The plan has
// the fields of search/plan.py; a choice is {term, factor, telling}.
function choiceOf(term, factor) {
  return { term, factor, telling: 0 };
}

function isWord(term) {
  return term.length > 3 && /^[A-Za-z]+$/.test(term);
}

function frequentFrom(documents) {
  return Math.max(weight('frequent_least'), Math.floor(weight('frequent_share') * documents));
}

// The terms by which a phrase is found: its known pairs, and known syllables that no known pair covers.
function phraseTerms(words, lexicon) {
  const covered = new Set();
  const terms = [];
  for (let i = 0; i + 1 < words.length; i += 1) {
    const term = words[i] + JOIN + words[i + 1];
    if (lexicon.frequency('pair', term)) {
      terms.push(['pair', term, weight('phrase_pair')]);
      covered.add(i).add(i + 1);
    }
  }
  const value = weight('folded') + (words.length === 1 ? weight('exact') : 0);
  const most = words.length > 1 ? frequentFrom(lexicon.documents) : lexicon.documents;
  words.forEach((term, i) => {
    const frequency = covered.has(i) ? 0 : lexicon.frequency('folded', term);
    if (frequency > 0 && frequency <= most) terms.push(['folded', term, value]);
  });
  return terms;
}

class Planner {
  constructor(text, lexicon, settle) {
    this.lexicon = lexicon;
    this.settle = settle;
    this.text = firstCharacters(text, limit('query_characters'));
    this.corrected = new Map();
    this.tokens = this.splitJoined(analyze(this.text).slice(0, limit('query_tokens')));
    settle();
    this.folded = this.tokens.map((token) => token.folded);
    this.exact = this.tokens.map((token) => token.exact);
    const latin = this.tokens.filter((token) => !isLao(token.folded));
    this.unmarked = latin.length > 0 && latin.every((token) => isAscii(token.exact));
    this.stops = stopPlaces(this.exact, this.folded, this.unmarked);
    this.choices = this.folded.map((term) => (this.known(term) ? [choiceOf(term, FULL)] : []));
    this.spans = [];
    this.extraPairs = this.folded.slice(1).map(() => []);
    this.completed = 0;
    this.folded.forEach((term) => lexicon.want(term));
    settle();
  }

  // Cuts an unknown Latin token that is several known syllables written together.
  splitJoined(tokens) {
    const done = [];
    for (const token of tokens) {
      const term = token.folded;
      const chain = isWord(term) && !isVietnameseShaped(term) && !this.known(term) ? this.segments(term) : [];
      chain.forEach((syllable, i) => this.corrected.set(done.length + i, [syllable]));
      if (chain.length) {
        for (const syllable of chain) {
          done.push({ exact: syllable, folded: syllable, start: token.start, end: token.end });
        }
      } else {
        done.push(token);
      }
    }
    return done.slice(0, limit('query_tokens'));
  }

  known(term) {
    return this.lexicon.known(term);
  }

  pair(first, second) {
    return this.lexicon.pairFrequency(first, second);
  }

  plan() {
    this.completeLast();
    this.joinedWords();
    this.synonyms(this.folded);
    this.settle();
    this.mistyped();
    this.sounds();
    const settled = this.folded.map((term, i) => this.settledTerm(i));
    if (settled.some((term, i) => term !== this.folded[i])) this.synonyms(settled);
    this.settle();
    return {
      tokens: this.tokens,
      stops: this.stops,
      singles: this.choices,
      exact: this.tokens.map((token, i) => this.exactTerm(i)),
      pairs: this.pairs(),
      spans: this.spans,
      names: this.names(settled),
      codes: queryCodes(this.folded, (i) => this.alone(i), (term) => this.lexicon.frequency('code', term)),
      corrected: this.corrected,
    };
  }

  // The syllable a place most likely means.
  settledTerm(i) {
    const corrected = this.corrected.get(i) || [];
    if (corrected.length === 1) return corrected[0];
    return this.choices[i].length ? this.choices[i][0].term : this.folded[i];
  }

  exactTerm(i) {
    if (this.unmarked && !isLao(this.folded[i])) return '';
    return this.lexicon.frequency('exact', this.exact[i]) ? this.exact[i] : '';
  }

  alone(i) {
    const token = this.tokens[i];
    const written = this.text.slice(token.start, token.end);
    return this.tokens.length === 1
      || (written.length > 1 && isAscii(written) && isUpper(written) && !isUpper(this.text))
      || (isAscii(token.exact) && !isVietnameseShaped(token.folded));
  }

  neighbours(i) {
    const before = i ? this.choices[i - 1].map((choice) => choice.term) : [];
    const after = i + 1 < this.tokens.length ? this.choices[i + 1].map((choice) => choice.term) : [];
    return [before.slice(0, 3), after.slice(0, 3)];
  }

  evidence(i, term) {
    const [before, after] = this.neighbours(i);
    return sum(before.map((other) => this.pair(other, term))) + sum(after.map((other) => this.pair(term, other)));
  }

  completeLast() {
    const last = this.tokens.length - 1;
    if (last < 0 || this.tokens[last].end < this.text.replace(/\u200b+$/, '').length || isDigits(this.folded[last])) {
      return;
    }
    const done = complete(this.folded[last], this.neighbours(last)[0], this.lexicon);
    this.choices[last] = this.choices[last].concat(done.singles.filter((choice) => choice.term !== this.folded[last]));
    if (last) this.extraPairs[last - 1] = this.extraPairs[last - 1].concat(done.pairs);
    if (last && done.pairs.length && !this.extraKnown(last)) {
      // a letter or two that only begin a word do not stand for themselves
      this.choices[last] = this.choices[last].map((choice) => ({ ...choice, factor: weight('unfinished') }));
    }
    for (const choice of done.inner) {
      const terms = [['pair', choice.term, weight('phrase_pair')]];
      this.spans.push({ start: last, end: last + 1, weight: choice.factor, terms });
    }
    const pairs = done.pairs.concat(done.inner).map((choice) => this.lexicon.frequency('pair', choice.term));
    this.completed = Math.max(done.singles.length ? 1 : 0, ...pairs);
  }

  unfinished(i) {
    return this.completed > 0 && i === this.tokens.length - 1;
  }

  phraseSpan(start, end, value, words) {
    const terms = phraseTerms(words, this.lexicon);
    if (terms.length) this.spans.push({ start, end, weight: value, terms });
    return terms.length > 0;
  }

  // Syllables written together, and words that the index writes together.
  joinedWords() {
    const count = this.tokens.length;
    this.folded.forEach((term, i) => {
      if (isWord(term) && !isVietnameseShaped(term)) {
        const chain = this.segments(term);
        if (chain.length) this.phraseSpan(i, i + 1, weight('joined'), chain);
      }
    });
    for (let start = 0; start < count; start += 1) {
      let joined = this.folded[start];
      for (let end = start + 2; end <= Math.min(count, start + 4); end += 1) {
        joined += this.folded[end - 1];
        if (!isWord(joined)) continue;
        const broken = this.choices.slice(start, end).some((choices) => !choices.length);
        if ((broken || (joined.length > 4 && !isVietnameseShaped(joined))) && this.known(joined)) {
          this.phraseSpan(start, end, weight('joined'), [joined]);
        }
      }
    }
  }

  // The fewest syllables that make up `term`, each neighbour known beside the other; empty when none.
  segments(term) {
    const best = [[[]]];
    for (let end = 1; end <= term.length; end += 1) {
      let chains = [];
      for (let start = Math.max(0, end - 7); start < end; start += 1) {
        const syllable = fold(term.slice(start, end));
        if (end - start === term.length || !best[start].length || !isVietnameseShaped(syllable) || !this.known(syllable)) {
          continue;
        }
        for (const chain of best[start]) {
          if (!chain.length || this.lexicon.linked(chain[chain.length - 1], syllable)) {
            chains.push(chain.concat(syllable));
          }
        }
      }
      chains = chains.sort((first, second) => first.length - second.length || compareLists(first, second));
      best.push(chains.slice(0, 4));
    }
    return best[term.length][0] || [];
  }

  // Whether a place as typed stands beside the one before it somewhere.
  extraKnown(i) {
    return this.choices[i - 1].slice(0, 2).some((choice) => this.pair(choice.term, this.folded[i]));
  }

  mistyped() {
    const left = limit('corrected_tokens');
    const explained = new Set();
    for (const span of this.spans) for (let i = span.start; i < span.end; i += 1) explained.add(i);
    const places = this.folded.map((term, i) => i).filter((i) => !isDigits(this.folded[i]) && !explained.has(i));
    const unknown = places.filter((i) => !this.choices[i].length && !this.unfinished(i)).slice(0, left);
    for (const i of unknown) this.correct(i, this.near(i), weight('typo'));
    // of two strays side by side either may be the slip: both are looked at as they were typed
    const strays = places.filter((i) => this.choices[i].length && this.isStray(i)).slice(0, left - unknown.length);
    for (const [i, scored] of strays.map((i) => [i, this.near(i)])) {
      // what may still be finished is a slip only if that makes a commoner pair
      if (!this.unfinished(i) || (scored.length && -scored[0][0] > this.completed)) {
        this.correct(i, scored, weight('pair_typo'));
      }
    }
  }

  // A known syllable that stands beside none of its neighbours anywhere in the index.
  isStray(i) {
    const [before, after] = this.neighbours(i);
    if (this.stops[i] || this.folded[i].length < 2 || !(before.length || after.length)) return false;
    return !this.evidence(i, this.folded[i]);
  }

  // Known syllables one slip away from a place: [minus evidence beside it, minus frequency, syllable].
  near(i) {
    const term = this.folded[i];
    let near = oneEdit(term).filter((other) => this.known(other));
    if (!isLao(term)) {
      near = confused(term).filter((other) => this.known(other) && !near.includes(other)).concat(near);
    }
    const scored = near.map((other) => [-this.evidence(i, other), -this.known(other), other]).sort(compareLists);
    this.settle();
    return scored;
  }

  correct(i, scored, factor) {
    let fitting = scored.filter(([proof]) => proof).map(([, , other]) => other);
    if (!fitting.length && isLao(this.folded[i]) && this.recut(i, factor)) return;
    if (!fitting.length && factor === weight('typo')) fitting = scored.map(([, , other]) => other);
    for (const other of fitting.slice(0, 3)) this.choices[i].push(choiceOf(other, factor));
    if (fitting.length) this.corrected.set(i, [fitting[0]]);
  }

  // One edit in a stretch of Lao that cuts it into syllables known side by side.
  recut(i, factor) {
    let start = Math.max(0, i - 1);
    let end = Math.min(this.tokens.length, i + 2);
    while (start < i && !isLao(this.folded[start])) start += 1;
    while (end > i + 1 && !isLao(this.folded[end - 1])) end -= 1;
    const before = start ? this.choices[start - 1].map((choice) => choice.term).slice(0, 2) : [];
    const after = end < this.tokens.length ? this.choices[end].map((choice) => choice.term).slice(0, 2) : [];
    const found = new Map();
    for (const chain of recut(this.folded.slice(start, end).join(''))) {
      if (chain.length < 2 || chain.some((term) => !this.known(term))) continue;
      const links = chain.slice(1).map((second, k) => this.pair(chain[k], second));
      if (links.every(Boolean)) {
        const outer = sum(before.map((term) => this.pair(term, chain[0])))
          + sum(after.map((term) => this.pair(chain[chain.length - 1], term)));
        found.set(chain.join(' '), [chain, sum(links) + outer]);
      }
    }
    this.settle();
    const ranked = Array.from(found.values()).sort((first, second) => first[0].length - second[0].length
      || second[1] - first[1] || compareLists(first[0], second[0]));
    for (const [chain] of ranked.slice(0, 2)) this.phraseSpan(start, end, factor, chain);
    this.settle();
    if (ranked.length) {
      this.corrected.set(start, ranked[0][0]);
      for (let k = start + 1; k < end; k += 1) this.corrected.set(k, []);
    }
    return ranked.length > 0;
  }

  sounds() {
    for (let i = 0; i + 1 < this.folded.length; i += 1) {
      const [first, second] = [this.folded[i], this.folded[i + 1]];
      const spellings = [spellingKept(first), spellingKept(second)];
      if (isLao(first) === isLao(second) && spellings[0] && spellings[1]) {
        for (const pair of this.lexicon.sounds.pairs(spellings[0], spellings[1], !isLao(first))) {
          this.phraseSpan(i, i + 2, weight('aligned_sound'), pair);
        }
      }
    }
    const words = this.folded.map((term, i) => i)
      .filter((i) => isWord(this.folded[i]) && !isVietnameseShaped(this.folded[i]));
    for (const i of words.slice(0, limit('sounded_words'))) {
      const near = [[i, i + 1], [Math.max(0, i - 1), i + 1], [i, Math.min(this.tokens.length, i + 2)]];
      near.some(([start, end]) => this.soundsLike(start, end));
    }
  }

  soundsLike(start, end) {
    const table = this.lexicon.sounds;
    const spelling = simplify(this.folded.slice(start, end).join(''));
    if (isLao(spelling) || !/^[a-z0-9]+$/i.test(spelling)) return false;
    let chains = table.chains(spelling, true);
    if (this.folded.slice(start, end).some((term) => !this.known(term))) {
      chains = chains.concat(table.chains(spelling, false), table.alike(spelling).map((word) => [word]));
    }
    this.settle();
    for (const chain of chains) this.phraseSpan(start, end, weight('sound'), chain);
    return chains.length > 0;
  }

  synonyms(settled) {
    const there = new Set(this.spans.map((span) => JSON.stringify([span.start, span.end, span.terms])));
    for (const match of matchSynonyms(settled, this.exact, this.unmarked, this.lexicon)) {
      for (const group of match.groups) {
        const term = String(group);
        const terms = [['concept', term, 0]];
        if (this.lexicon.frequency('concept', term) && !there.has(JSON.stringify([match.start, match.end, terms]))) {
          this.spans.push({ start: match.start, end: match.end, weight: match.weight, terms });
        }
      }
    }
  }

  pairs() {
    return this.extraPairs.map((extra, i) => {
      const found = new Map();
      for (const first of this.choices[i].slice(0, 4)) {
        for (const second of this.choices[i + 1].slice(0, 4)) {
          if (this.pair(first.term, second.term)) {
            const term = first.term + JOIN + second.term;
            found.set(term, choiceOf(term, Math.min(first.factor, second.factor)));
          }
        }
      }
      for (const choice of extra) {
        if (!found.has(choice.term) || found.get(choice.term).factor < choice.factor) found.set(choice.term, choice);
      }
      return Array.from(found.values());
    });
  }

  names(settled) {
    const found = [];
    const most = rules.names.tokens;
    for (let start = 0; start < settled.length; start += 1) {
      for (let end = start + 1; end <= Math.min(settled.length, start + most); end += 1) {
        if (end > start + 1 && !this.pair(settled[end - 2], settled[end - 1])) break;
        const name = settled.slice(start, end).join(JOIN);
        for (const term of [name, name + PART]) {
          if (this.lexicon.frequency('name', term)) found.push({ start, end, term });
        }
      }
    }
    return found.concat(this.completedNames(settled));
  }

  // Names that end in a completion of the last place.
  completedNames(settled) {
    const found = [];
    const last = settled.length - 1;
    for (const choice of last > 0 ? this.extraPairs[last - 1].slice(0, limit('completed_names')) : []) {
      const [first, second] = choice.term.split(JOIN);
      if (first !== settled[last - 1] || second === settled[last]) continue;
      for (let start = Math.max(0, last - limit('completed_names')); start < last; start += 1) {
        const name = [...settled.slice(start, last), second].join(JOIN);
        for (const term of [name, name + PART]) {
          if (this.lexicon.frequency('name', term)) found.push({ start, end: last + 1, term });
        }
      }
    }
    return found;
  }
}
