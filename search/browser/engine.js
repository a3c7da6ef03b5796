// Answers queries with the hits, numbers and texts of search/engine.py, fetching the shards a query needs.
const LANGUAGES = ['vi', 'lo'];
const WAIT = new Error('a shard is missing');

function settled(reader) {
  if (reader.missing.size) throw WAIT;
}

function wantedOf(plan, reader) {
  const worth = (field, term) => inverseFrequency(reader.documents, reader.frequency(field, term));
  const singles = new Map();
  const pairs = new Map();
  const forms = new Map();
  plan.singles.forEach((choices, i) => {
    const linked = Boolean((i && plan.pairs[i - 1].length) || (i < plan.pairs.length && plan.pairs[i].length));
    for (const { term } of choices) {
      const value = worth('folded', term);
      if (plan.stops[i] || (linked && value < weight('telling'))) continue;
      singles.set(term, Math.max(value, singles.get(term) || 0));
      if (plan.exact[i] && !isLao(term)) {
        if (!forms.has(term)) forms.set(term, new Set());
        forms.get(term).add(plan.exact[i]);
      }
    }
  });
  let terms = [];
  plan.pairs.forEach((choices, i) => {
    if (!(plan.stops[i] && plan.stops[i + 1])) terms = terms.concat(choices.map((choice) => ['pair', choice.term]));
  });
  for (const span of plan.spans) terms = terms.concat(span.terms);
  for (const [field, term] of terms) {
    if (field === 'pair') {
      pairs.set(term, worth('pair', term) * 2);
    } else if (field === 'concept') {
      for (const words of reader.conceptPhrases(term)) {
        for (let i = 0; i + 1 < words.length; i += 1) {
          const pair = words[i][0] + JOIN + words[i + 1][0];
          if (!pairs.has(pair)) pairs.set(pair, worth('concept', term));
        }
        if (words.length === 1 && !singles.has(words[0][0])) {
          singles.set(words[0][0], worth('concept', term));
          forms.set(words[0][0], new Set([words[0][1]]));
        }
      }
    } else if (!singles.has(term)) {
      singles.set(term, worth('folded', term));
    }
  }
  return { singles, pairs, forms };
}

// What a document says in some languages, names first; bounded. Names are taken by their script.
function textsOf(document, languages) {
  const names = Object.values(document.title).concat(document.aliases);
  const texts = names.filter((name) => languages.includes(LAO.test(name) ? 'lo' : 'vi'));
  let left = quotient(limit('snippet_source_characters'), 4);
  for (const section of document.sections) {
    for (const part of [section.heading, section.text]) {
      for (const language of languages) {
        const text = part[language];
        if (text && left > 0) {
          texts.push(firstCharacters(text, left));
          left -= text.length;
        }
      }
    }
  }
  return texts;
}

function present(document, score, wanted, lang) {
  const other = lang === 'vi' ? 'lo' : 'vi';
  const bodies = {};
  for (const language of [lang, other]) {
    bodies[language] = [];
    for (const section of document.sections) {
      for (const text of [section.heading[language], section.text[language]]) if (text) bodies[language].push(text);
    }
  }
  const titles = document.title;
  let shown = titles[lang] || (bodies[lang].length && !titles[other]) ? lang : other;
  if (!titles[shown] && !bodies[shown].length) shown = lang;
  const texts = [bodies[shown], bodies[lang], bodies[other]].find((list) => list.length) || [];
  const passage = bestPassage(texts, wanted);
  const title = markText(titleOf(document, shown, bodies, [lang, other]), wanted);
  return {
    id: document.id,
    kind: document.kind,
    title: title.text,
    url: document.url[lang] || document.url[other] || '',
    score: Math.round(score) / 1000000,
    snippet: passage.text,
    lang: shown,
    highlights: passage.highlights,
    titleHighlights: title.highlights,
  };
}

function titleOf(document, lang, bodies, order) {
  for (const language of [lang].concat(LANGUAGES, 'en')) {
    if (document.title[language]) return document.title[language];
  }
  const nothing = { singles: new Map(), pairs: new Map(), forms: new Map() };
  for (const language of [lang].concat(order)) {
    if (bodies[language].length) {
      const first = bestPassage([firstCharacters(bodies[language][0], limit('title_characters'))], nothing);
      if (first.text) return first.text;
    }
  }
  return document.id;
}

// A document for a reader of `lang`; the other language is fetched only where it must stand in.
function documentFor(reader, number, lang) {
  const half = reader.document(number, [lang]);
  const enough = half && half.title[lang] && half.sections.some((part) => part.heading[lang] || part.text[lang]);
  return !half || enough ? half : reader.document(number, LANGUAGES);
}

// One answer from what is there; throws WAIT when a shard must be fetched first.
function answer(reader, text, options) {
  const settle = () => settled(reader);
  const plan = new Planner(text, reader, settle).plan();
  settle();
  const ranking = new Ranking(plan, reader);
  settle();
  const asked = options.limit === undefined || options.limit === null ? limit('hits') : options.limit;
  const count = Math.max(0, Math.min(asked, limit('hits_most')));
  const inLanguage = (number) => !options.only || (reader.languageOf[number] >> LANGUAGES.indexOf(options.only)) % 2 === 1;
  const ofKind = (number, kind) => reader.kinds[reader.kindOf[number]] === kind;
  const { best: ranked, total } = ranking.rank(
    Math.max(count, limit('suggestion_hits')),
    (number) => inLanguage(number) && (!options.kind || ofKind(number, options.kind)),
  );
  const readerLanguage = options.lang || (LAO.test(text) ? 'lo' : 'vi');
  const wanted = wantedOf(plan, reader);
  const proper = !ranked.length || spelledWell(plan, reader);
  const stored = ranked.slice(0, count).map((item) => documentFor(reader, item.number, readerLanguage));
  const spoken = languagesAsked(plan);
  const spelled = proper ? [] : ranked.slice(0, limit('suggestion_hits'))
    .map((item) => reader.document(item.number, spoken));
  const nearest = ranked.length ? [] : nearestTerms(plan, reader);
  settle();
  const hits = stored.map((document, i) => present(document, ranked[i].score, wanted, readerLanguage));
  const suggestion = proper ? null : suggest(
    text, plan, [].concat(...spelled.map((document) => textsOf(document, spoken))), reader,
  );
  const result = { query: text, total, suggestion, hits, nearest };
  if (options.counts) {
    result.counts = {};
    for (const kind of reader.kinds) {
      const counted = ranking.rank(1, (number) => inLanguage(number) && ofKind(number, kind)).total;
      if (counted) result.counts[kind] = counted;
    }
    result.all = options.kind ? ranking.rank(1, inLanguage).total : total;
  }
  return result;
}

// One exported index. `fetchShard(name)` answers with a promise of the shard's content.
class Engine {
  constructor(fetchShard) {
    this.fetchShard = fetchShard;
    this.opened = null;
  }

  open() {
    if (!this.opened) {
      this.opened = Promise.all([this.fetchShard('analysis'), this.fetchShard('core')]).then(([analysis, core]) => {
        rules = analysis;
        return new IndexReader(core);
      });
      this.opened.catch(() => { this.opened = null; });
    }
    return this.opened;
  }

  // options: lang, only, kind, limit, counts (add the number of answers by kind).
  search(text, options) {
    return this.open().then((reader) => this.whenThere(reader, () => answer(reader, text, options || {})));
  }

  // What `work` gives as soon as no shard it asks for is missing; until then it is done again after each fetch.
  whenThere(reader, work) {
    reader.missing.clear();
    try {
      const result = work();
      settled(reader);
      return Promise.resolve(result);
    } catch (error) {
      if (error !== WAIT) return Promise.reject(error);
    }
    const fetched = Array.from(reader.missing).map((name) => this.fetchShard(name)
      .then((content) => reader.keep(name, content)));
    return Promise.all(fetched).then(() => this.whenThere(reader, work));
  }
}
