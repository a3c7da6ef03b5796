// Text to tokens {exact, folded, start, end}; text.slice(start, end) is what was written. See search/analyzer.py.
const folding = cached(() => {
  const dropped = new Set(expand(rules.fold.drop));
  for (let code = 0x300; code <= 0x36f; code += 1) dropped.add(String.fromCharCode(code));
  const table = new Map();
  for (const char of Object.keys(rules.fold.map)) table.set(char, rules.fold.map[char]);
  return { table, dropped, rewrites: rewrites(rules.fold.rewrites) };
});

const foldings = new Map();

function fold(exact) {
  let folded = foldings.get(exact);
  if (folded !== undefined) return folded;
  const { table, dropped, rewrites: changes } = folding();
  folded = '';
  for (const char of isAscii(exact) ? exact : exact.normalize('NFD')) {
    if (!dropped.has(char)) folded += table.has(char) ? table.get(char) : char;
  }
  folded = folded || exact;
  for (const [pattern, to] of changes) folded = folded.replace(pattern, to);
  if (foldings.size >= 65536) foldings.clear();
  foldings.set(exact, folded);
  return folded;
}

const extendsToken = cached(() => new RegExp('[' + expand(rules.tokens.extends) + ']+', 'y'));

function analyze(text) {
  const level = normalize(text);
  const most = limit('token_characters');
  const tokens = [];
  for (const [start, end] of cut(level.text)) {
    const exact = level.text.slice(start, Math.min(end, start + most));
    const first = level.starts ? level.starts[start] : start;
    let last = level.ends ? level.ends[end - 1] : end;
    if (last < text.length && text[last] > '\u007f') {
      const pattern = extendsToken();
      pattern.lastIndex = last;
      if (pattern.test(text)) last = pattern.lastIndex;
    }
    // one letter that stands for two has been cut between them: it is shown with the second
    if (tokens.length && first < tokens[tokens.length - 1].end) tokens.pop();
    tokens.push({ exact, folded: fold(exact), start: first, end: last });
  }
  return tokens;
}

function phrase(text) {
  return analyze(text).map((token) => token.folded);
}
