// Runs the browser's search in Node: `node node_search.js SITE_SEARCH_FOLDER [--fresh]`, one JSON request a line on
// standard input, one JSON answer a line. With --fresh each query starts with nothing fetched, and the answer comes
// with the names of the files it needed.
'use strict';

const fs = require('fs');
const path = require('path');
const readline = require('readline');
const vm = require('vm');

const folder = process.argv[2];
const context = vm.createContext({});
const read = (name) => fs.readFileSync(path.join(folder, name.replace('-', '/') + '.js'), 'utf8');
vm.runInContext(read('search'), context);
const search = context.handbookSearch;
const fresh = process.argv[3] === '--fresh';
let fetched = [];

function fetchShard(name) {
  let content;
  fetched.push(name);
  context.handbookSearch = { take: (given, digest, value) => { content = value; } };
  vm.runInContext(read(name), context);
  return Promise.resolve(content);
}

let engine = new search.Engine(fetchShard);

async function answer(request) {
  const reader = await engine.open();
  if (request.texts) {
    return request.texts.map((text) => search.analyze(text).map((token) => [
      token.exact, token.folded, token.start, token.end,
    ]));
  }
  if (request.terms) {
    return Promise.all(request.terms.map((term) => engine.whenThere(reader, () => {
      const { numbers, impacts } = reader.postings(request.field, term);
      return [reader.frequency(request.field, term), numbers, impacts];
    })));
  }
  if (request.telling) {
    return Array.from({ length: request.telling + 1 }, (none, count) => search.inverseFrequency(request.telling, count));
  }
  if (request.passages) {
    const singles = new Map(request.words.map((word) => [word, 1]));
    return search.bestPassage(request.passages, { singles, pairs: new Map(), forms: new Map() });
  }
  if (!fresh) return engine.search(request.query, request.options);
  fetched = [];
  engine = new search.Engine(fetchShard);
  const result = await engine.search(request.query, request.options);
  return { result, fetched };
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + '\n');
  }
})().catch((error) => {
  process.stderr.write(String(error && error.stack) + '\n');
  process.exit(1);
});
