// Where a levelled text is cut into syllables, words and numbers; see search/syllables.py.
const LAO = /[\u0e80-\u0eff]/;

function tokenExpression(withLao) {
  const parts = rules.tokens;
  const lao = withLao ? ['(?:' + parts.lao.join('|') + ')' + parts.lao_tail] : [];
  return new RegExp(expand([parts.latin, parts.number].concat(lao, parts.other).join('|')), 'g');
}

const expressions = cached(() => [tokenExpression(false), tokenExpression(true)]);

function cut(levelled) {
  const expression = expressions()[LAO.test(levelled) ? 1 : 0];
  const spans = [];
  expression.lastIndex = 0;
  for (let match = expression.exec(levelled); match; match = expression.exec(levelled)) {
    spans.push([match.index, match.index + match[0].length]);
  }
  return spans;
}

function isLao(token) {
  const first = token.charAt(0);
  return first >= '\u0e80' && first <= '\u0eff';
}
