// Runs the browser's search in Node: `node node_search.js SITE_SEARCH_FOLDER`, one JSON request a line on standard
// input, {"texts": […]} for tokens or {"query": …, "options": …} for an answer, one JSON answer a line.
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
const fetched = [];
let bytes = [];

function fetchShard(name) {
  const source = read(name);
  let content;
  context.handbookSearch = { take: (given, digest, value) => { content = value; } };
  vm.runInContext(source, context);
  fetched.push(name);
  bytes.push([name, Buffer.byteLength(source)]);
  return Promise.resolve(content);
}

const keep = process.argv[3] !== '--fresh';
let engine = new search.Engine(fetchShard);

async function answer(request) {
  if (request.texts) {
    await engine.open();
    return request.texts.map((text) => search.analyze(text).map((token) => [
      token.exact, token.folded, token.start, token.end,
    ]));
  }
  if (!keep) {
    engine = new search.Engine(fetchShard);
    bytes = [];
  }
  const result = await engine.search(request.query, request.options);
  return keep ? result : { result, bytes };
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + '\n');
  }
})().catch((error) => {
  process.stderr.write(String(error && error.stack) + '\n');
  process.exit(1);
});
