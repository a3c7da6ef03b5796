// What understanding and ranking need to know of the index, read from the shards that are there. A question to a shard
// that is not there yet is answered with nothing and noted in `missing`; see engine.js for who fetches it.
// search/export.py writes the shards and describes their form.
const FULL = 10;
const JOIN = '+';
// Ends the term of a name that is only a part of a title.
const PART = `${JOIN}~`;

function inverseFrequency(documents, frequency) {
  return Math.floor(1000 * Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5)) + 0.5);
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DIGIT_VALUES = new Map(DIGITS.split('').map((digit, value) => [digit, value]));

// Reads numbers written in DIGITS: five bits a letter, lowest first, 32 added to all but the last.
class NumberReader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  get done() {
    return this.at >= this.text.length;
  }

  digit() {
    const value = DIGIT_VALUES.get(this.text[this.at]);
    this.at += 1;
    return value;
  }

  number() {
    let value = 0;
    for (let shift = 1; ; shift *= 32) {
      const digit = this.digit();
      value += (digit % 32) * shift;
      if (digit < 32) return value;
    }
  }

  // At most `count` pairs of (step to the next document, impact).
  postings(count) {
    const numbers = [];
    const impacts = [];
    let number = -1;
    for (let i = 0; i < count && !this.done; i += 1) {
      number += this.number() + 1;
      numbers.push(number);
      impacts.push(this.digit());
    }
    return { numbers, impacts };
  }

  all() {
    const numbers = [];
    while (!this.done) numbers.push(this.number());
    return numbers;
  }

  // All the rest as rising numbers, each given by its step from the one before.
  steps() {
    const numbers = [];
    for (let number = -1; !this.done; numbers.push(number)) number += this.number() + 1;
    return numbers;
  }
}

const NOWHERE = { numbers: [], impacts: [] };

// The place of the last item of a rising list that is not greater than `value`.
function shardOf(firsts, value) {
  let low = 0;
  let high = firsts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (firsts[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

class IndexReader {
  constructor(core) {
    this.documents = core.documents;
    this.kinds = core.kinds;
    this.terms = [];
    this.missing = new Set();
    this.shards = new Map();
    this.entries = new Map();
    this.seconds = new Map();
    this.ids = new Map();
    let before = '';
    for (const item of core.terms.split('\n')) {
      before = before.slice(0, DIGIT_VALUES.get(item[0])) + item.slice(1);
      this.ids.set(before, this.terms.length);
      this.terms.push(before);
    }
    this.frequencies = new NumberReader(core.frequencies).all();
    this.conceptFrequencies = new NumberReader(core.concepts).all();
    this.firsts = {
      terms: new NumberReader(core.firsts.terms).steps(),
      concepts: new NumberReader(core.firsts.concepts).steps(),
      pairs: new NumberReader(core.firsts.pairs).steps(),
      vi: new NumberReader(core.firsts.vi).steps(),
      lo: new NumberReader(core.firsts.lo).steps(),
      links: core.firsts.links,
    };
    this.codes = new Map();
    for (let i = 0; i < core.codes.length; i += 2) this.codes.set(core.codes[i], core.codes[i + 1]);
    this.kindOf = new NumberReader(core.kind_of).all();
    this.languageOf = new NumberReader(core.language_of).all();
    this.soundTable = cached(() => new SoundTable(
      this.terms.filter((term, id) => this.frequencies[id]), () => this.named(), (one, two) => this.linked(one, two),
    ));
  }

  get sounds() {
    return this.soundTable();
  }

  // The content of a shard, or null while it is missing.
  shard(name) {
    if (this.shards.has(name)) return this.shards.get(name);
    this.missing.add(name);
    return null;
  }

  keep(name, content) {
    this.shards.set(name, content);
    this.missing.delete(name);
  }

  termShard(id) {
    return 'terms-' + shardOf(this.firsts.terms, id);
  }

  // Says beforehand that all is wanted that begins with `term`.
  want(term) {
    if (this.ids.has(term)) this.shard(this.termShard(this.ids.get(term)));
  }

  entry(term) {
    const id = this.ids.get(term);
    if (id === undefined) return null;
    let entry = this.entries.get(id);
    if (!entry) {
      const name = this.termShard(id);
      const shard = this.shard(name);
      if (!shard) return null;
      entry = this.readEntry(id, shard[id - this.firsts.terms[Number(name.slice(6))]]);
      this.entries.set(id, entry);
    }
    return entry;
  }

  readEntry(id, [folded, exact, seconds, names, synonyms]) {
    const whole = new NumberReader(folded).postings(this.frequencies[id]);
    const forms = new Map();
    for (let i = 0; i < exact.length; i += 2) {
      const places = exact[i + 1] ? new NumberReader(exact[i + 1]).steps() : null;
      forms.set(exact[i], !places ? whole : {
        numbers: places.map((place) => whole.numbers[place]), impacts: places.map((place) => whole.impacts[place]),
      });
    }
    const named = new Map();
    for (let i = 0; i < names.length; i += 2) {
      const numbers = new NumberReader(names[i + 1]).steps();
      named.set(names[i], { numbers, impacts: numbers });
    }
    const phrases = [];
    for (let i = 0; i < synonyms.length; i += 4) {
      const words = [this.terms[id]].concat(synonyms[i] ? synonyms[i].split(' ') : []);
      phrases.push([words, synonyms[i + 1], synonyms[i + 2], synonyms[i + 3]]);
    }
    return { folded: whole, exact: forms, pairs: this.readSeconds(seconds), names: named, phrases };
  }

  // Second syllable -> {count, pair}: in how many documents the pair stands, and its number.
  readSeconds(text) {
    const found = new Map();
    const reader = new NumberReader(text);
    let pair = text ? reader.number() : 0;
    for (let second = -1; !reader.done; pair += 1) {
      second += reader.number() + 1;
      found.set(this.terms[second], { count: reader.number(), pair });
    }
    return found;
  }

  known(term) {
    return this.ids.has(term) ? this.frequencies[this.ids.get(term)] : 0;
  }

  frequency(field, term) {
    if (field === 'folded') return this.known(term);
    if (field === 'concept') return this.conceptFrequencies[term] || 0;
    if (field === 'pair') return this.pairFrequency(...term.split(JOIN));
    return this.postings(field, term).numbers.length;
  }

  // From the entry of `first` where it is there, else from the smaller shards that hold nothing but second syllables.
  pair(first, second) {
    if (!this.known(first) || !this.known(second)) return undefined;
    const id = this.ids.get(first);
    if (this.shards.has(this.termShard(id))) return this.entry(first).pairs.get(second);
    const key = (isLao(first) ? '1' : '0') + skeleton(spellingKept(first)) + ' ' + first;
    const shard = this.shard('links-' + shardOf(this.firsts.links, key));
    if (!shard) return undefined;
    if (!this.seconds.has(id)) this.seconds.set(id, this.readSeconds(shard[id] || ''));
    return this.seconds.get(id).get(second);
  }

  pairFrequency(first, second) {
    const pair = this.pair(first, second);
    return pair ? pair.count : 0;
  }

  pairPostings(first, second) {
    const found = this.pair(first, second);
    if (!found) return NOWHERE;
    const place = shardOf(this.firsts.pairs, found.pair);
    const shard = this.shard('pairs-' + place);
    if (!shard) return NOWHERE;
    const held = shard.postings.split(' ')[found.pair - this.firsts.pairs[place]];
    return new NumberReader(held).postings(found.count);
  }

  linked(first, second) {
    return this.pairFrequency(first, second) > 0;
  }

  starting(field, prefix, most) {
    if (field === 'folded') return this.startingIn(this.terms, prefix, most, '');
    const [first, rest] = prefix.split(JOIN);
    const entry = this.entry(first);
    return entry ? this.startingIn(Array.from(entry.pairs.keys()), rest, most, first + JOIN) : [];
  }

  startingIn(terms, prefix, most, lead) {
    const found = [];
    for (const term of terms) {
      if (term.startsWith(prefix) && (lead || this.known(term))) found.push(lead + term);
      if (found.length >= most) break;
    }
    return found;
  }

  postings(field, term) {
    if (field === 'code') {
      const code = this.codes.get(term);
      return code === undefined ? NOWHERE : new NumberReader(code).postings(Infinity);
    }
    if (field === 'concept') {
      const concept = this.concept(term);
      return concept ? new NumberReader(concept[0]).postings(this.conceptFrequencies[term]) : NOWHERE;
    }
    if (field === 'pair') return this.pairPostings(...term.split(JOIN));
    const [head, ...rest] = field === 'exact' ? [fold(term)] : term.split(JOIN);
    const entry = this.entry(head);
    if (!entry) return NOWHERE;
    if (field === 'folded') return entry.folded;
    if (field === 'exact') return entry.exact.get(term) || NOWHERE;
    return entry.names.get(rest.join(JOIN)) || NOWHERE;
  }

  // [postings, phrases] of a concept, by its number as text.
  concept(term) {
    if (!this.conceptFrequencies[term]) return null;
    const shard = this.shard('concepts-' + shardOf(this.firsts.concepts, Number(term)));
    return shard && shard[term];
  }

  // The phrases of a concept as lists of [folded, exact].
  conceptPhrases(term) {
    const concept = this.concept(term);
    return concept ? concept[1] : [];
  }

  // Phrases that begin with a folded token: [tokens, concept, weight, exact form of a single token].
  synonyms(token) {
    const entry = this.entry(token);
    return entry ? entry.phrases : [];
  }

  named() {
    const shard = this.shard('named');
    if (!shard) return null;
    if (!this.namedPairs) {
      this.namedPairs = [];
      const reader = new NumberReader(shard.pairs);
      for (let first = 0; !reader.done;) {
        first += reader.number();
        this.namedPairs.push([this.terms[first], this.terms[reader.number()]]);
      }
    }
    return this.namedPairs;
  }

  // The commonest exact form of each term, in order of terms.
  spellings() {
    const shard = this.shard('spellings');
    return shard && shard.forms.split('\n').map((form, id) => form || this.terms[id]);
  }

  // A document in the languages given, in the shape of its JSON line; null while any of it is missing.
  document(number, languages) {
    const halves = languages.map((language) => {
      const place = shardOf(this.firsts[language], number);
      const shard = this.shard(language + '-' + place);
      return shard && shard[number - this.firsts[language][place]];
    });
    if (!halves.every(Boolean)) return null;
    const sections = halves[0].sections.map((none, i) => {
      const section = { heading: {}, text: {} };
      languages.forEach((language, k) => {
        const [heading, text] = halves[k].sections[i];
        if (heading) section.heading[language] = heading;
        if (text) section.text[language] = text;
      });
      return section;
    });
    return Object.assign({}, halves[0], { sections });
  }
}
