// Reads analysis.json, the one source of analysis and ranking; search/rules.py is the same in Python.
let rules = null;

// The value of `make`, made once, when it is first asked for.
function cached(make) {
  let value;
  let made = false;
  return () => {
    if (!made) {
      value = make();
      made = true;
    }
    return value;
  };
}

const definitions = cached(() => {
  const found = Object.create(null);
  for (const name of Object.keys(rules.define)) found[name] = fillDefinitions(rules.define[name], found);
  return found;
});

function fillDefinitions(pattern, known) {
  return pattern.replace(/<([A-Z]+)>/g, (whole, name) => known[name]);
}

function expand(pattern) {
  return fillDefinitions(pattern, definitions());
}

function rewrites(pairs) {
  return pairs.map(([pattern, to]) => [new RegExp(expand(pattern), 'g'), to]);
}

function weight(name) {
  return rules.weights[name];
}

function limit(name) {
  return rules.limits[name];
}

// Whole-number division, exact for all numbers the scorer meets.
function quotient(number, divisor) {
  return (number - (number % divisor)) / divisor;
}

function sum(numbers) {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

// The first characters of a text; a character outside the basic plane counts once, as in Python.
function firstCharacters(text, count) {
  if (text.length <= count) return text;
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).slice(0, count).join('') : text.slice(0, count);
}

const EDGES = /^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/g;

function compareTexts(first, second) {
  return first < second ? -1 : first > second ? 1 : 0;
}

// Lists of texts or numbers, item by item; the shorter one first.
function compareLists(first, second) {
  for (let i = 0; i < first.length && i < second.length; i += 1) {
    if (first[i] !== second[i]) return first[i] < second[i] ? -1 : 1;
  }
  return first.length - second.length;
}

function isAscii(text) {
  return /^[\x00-\x7f]*$/.test(text);
}

function isDigits(text) {
  return /^[0-9]+$/.test(text);
}

function isUpper(text) {
  return text !== text.toLowerCase() && text === text.toUpperCase();
}
