// Levels the spellings of Vietnamese and Lao, and remembers where each character came from; see search/normalize.py.
// A levelled text is {text, starts, ends}; both lists are null while every character still stands where it stood.
function lowerTable(ranges) {
  const table = new Map();
  for (let i = 0; i < ranges.length; i += 2) {
    for (let code = ranges.charCodeAt(i); code <= ranges.charCodeAt(i + 1); code += 1) {
      const char = String.fromCharCode(code);
      const lower = char.toLowerCase();
      if (lower.length === 1 && lower !== char) table.set(char, lower);
    }
  }
  return table;
}

function mapTable(rule) {
  const table = lowerTable(rule.lower);
  for (const [low, high, to] of rule.shift) {
    const shift = to.charCodeAt(0) - low.charCodeAt(0);
    for (let code = low.charCodeAt(0); code <= high.charCodeAt(0); code += 1) {
      table.set(String.fromCharCode(code), String.fromCharCode(code + shift));
    }
  }
  for (const char of Object.keys(rule.table)) table.set(char, rule.table[char]);
  return table;
}

function markOrder(classes) {
  const rank = new Map();
  classes.forEach((group, number) => { for (const mark of expand(group)) rank.set(mark, number); });
  return (match) => match[0].split('')
    .map((mark, i) => [rank.get(mark), i, mark])
    .sort((first, second) => first[0] - second[0] || first[1] - second[1])
    .map((item) => item[2])
    .filter((mark, i, marks) => !i || mark !== marks[i - 1])
    .join('');
}

function replacement(rule) {
  switch (rule.step) {
    case 'nfc': return (match) => match[0].normalize('NFC');
    case 'order': return markOrder(rule.classes);
    case 'rewrite': return (match) => rule.to.replace(/\$(\d)/g, (whole, group) => match[group] || '');
    case 'table': return (match) => match[0].slice(0, -2) + rule.table[match[0].slice(-2)];
    default: return () => '';
  }
}

const steps = cached(() => rules.normalize.map((rule) => (rule.step === 'map' ? { table: mapTable(rule) } : {
  pattern: new RegExp(expand(rule.pattern), 'g'),
  replace: replacement(rule),
  widens: rule.step === 'silence',
  lao: Boolean(rule.lao),
})));

function splice(step, before) {
  const { text } = before;
  let { starts, ends } = before;
  const pieces = [];
  const newStarts = [];
  const newEnds = [];
  let done = 0;
  function keep(until) {
    for (let i = done; i < until; i += 1) {
      newStarts.push(starts[i]);
      newEnds.push(ends[i]);
    }
  }
  step.pattern.lastIndex = 0;
  for (let match = step.pattern.exec(text); match; match = step.pattern.exec(text)) {
    const old = match[0];
    const made = step.replace(match);
    if (old === made) continue;
    if (!starts) {
      starts = Array.from(text.split(''), (char, i) => i);
      ends = starts.map((i) => i + 1);
    }
    let head = 0;
    while (head < old.length && head < made.length && old[head] === made[head]) head += 1;
    let tail = 0;
    while (tail < old.length - head && tail < made.length - head
      && old[old.length - 1 - tail] === made[made.length - 1 - tail]) tail += 1;
    const low = match.index + head;
    const high = match.index + old.length - tail;
    pieces.push(text.slice(done, low), made.slice(head, made.length - tail));
    keep(low);
    const count = made.length - head - tail;
    if (count) {
      const spanStart = low < high ? starts[low] : newEnds.length ? newEnds[newEnds.length - 1] : 0;
      const spanEnd = low < high ? ends[high - 1] : spanStart;
      for (let i = 0; i < count; i += 1) {
        newStarts.push(spanStart);
        newEnds.push(spanEnd);
      }
    } else if (step.widens && newEnds.length) {
      newEnds[newEnds.length - 1] = ends[high - 1];
    }
    done = high;
  }
  if (!pieces.length) return before;
  pieces.push(text.slice(done));
  keep(text.length);
  return { text: pieces.join(''), starts: newStarts, ends: newEnds };
}

function translate(table, before) {
  const chars = before.text.split('');
  const made = chars.map((char) => (table.has(char) ? table.get(char) : char));
  const text = made.join('');
  if (text.length === chars.length) return { text, starts: before.starts, ends: before.ends };
  const starts = [];
  const ends = [];
  made.forEach((piece, i) => {
    for (let k = 0; k < piece.length; k += 1) {
      starts.push(before.starts ? before.starts[i] : i);
      ends.push(before.ends ? before.ends[i] : i + 1);
    }
  });
  return { text, starts, ends };
}

function normalize(text) {
  let result = { text, starts: null, ends: null };
  const lao = LAO.test(text);
  for (let round = 0; round < 6; round += 1) {
    let spliced = false;
    for (const step of steps()) {
      if (step.table) {
        result = translate(step.table, result);
      } else if (lao || !step.lao) {
        const before = result;
        result = splice(step, before);
        spliced = spliced || before.text !== result.text;
      }
    }
    if (!spliced) break;
  }
  return result;
}
