// How names sound: Lao, Vietnamese and free romanisations meet in one simplified spelling; see search/phonetics.py.
const soundTables = cached(() => {
  const section = rules.phonetics;
  return {
    vowels: section.vowels.map(([pattern, vowel]) => [new RegExp(expand(pattern)), vowel]),
    initial: new Map(Object.keys(section.initial).map((letter) => [letter, section.initial[letter]])),
    final: new Map(Object.keys(section.final).map((letter) => [letter, section.final[letter]])),
    simplify: rewrites(section.simplify),
    skeleton: rewrites(section.skeleton),
    vietnamese: new RegExp(section.vietnamese),
  };
});

function isVietnameseShaped(folded) {
  return soundTables().vietnamese.test(folded);
}

function romanize(syllable) {
  const tables = soundTables();
  for (const [pattern, vowel] of tables.vowels) {
    const match = pattern.exec(syllable);
    if (match) {
      const onset = match[1];
      const latin = tables.initial.has(onset) ? tables.initial.get(onset)
        : onset.split('').map((letter) => tables.initial.get(letter) || '').join('');
      return latin + vowel + (tables.final.get(match[2]) || '');
    }
  }
  return '';
}

function rewritten(text, changes) {
  for (const [pattern, to] of changes) text = text.replace(pattern, to);
  return text;
}

const simplified = new Map();

function simplify(folded) {
  let text = simplified.get(folded);
  if (text === undefined) {
    text = rewritten(isLao(folded) ? romanize(folded) : folded, soundTables().simplify);
    if (simplified.size >= 32768) simplified.clear();
    simplified.set(folded, text);
  }
  return text;
}

function skeleton(spelling) {
  return rewritten(spelling, soundTables().skeleton);
}

function distance(first, second, most) {
  if (Math.abs(first.length - second.length) > most) return most + 1;
  const row = Array.from({ length: second.length + 1 }, (none, i) => i);
  for (let i = 1; i <= first.length; i += 1) {
    let before = row[0];
    row[0] = i;
    for (let j = 1; j <= second.length; j += 1) {
      const here = Math.min(row[j] + 1, row[j - 1] + 1, before + (first[i - 1] !== second[j - 1] ? 1 : 0));
      before = row[j];
      row[j] = here;
    }
    if (Math.min(...row) > most) return most + 1;
  }
  return Math.min(row[second.length], most + 1);
}

function spellingKept(term) {
  return isLao(term) || /^[A-Za-z]+$/.test(term) ? simplify(term) : '';
}

function append(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

function soundKey(lao, sound) {
  return (lao ? '1' : '0') + sound;
}

// The vocabulary by sound. `terms` in order; `named` gives the Latin pairs written as names; `linked` says whether
// two syllables stand side by side somewhere.
class SoundTable {
  constructor(terms, named, linked) {
    this.linked = linked;
    this.foreignTerms = [];
    this.bySpelling = new Map();
    for (const term of terms) {
      const spelling = spellingKept(term);
      if (!spelling) continue;
      if (term.length > 4 && isAscii(term) && !isVietnameseShaped(term)) this.foreignTerms.push(term);
      else append(this.bySpelling, soundKey(isLao(term), spelling), term);
    }
    this.bySkeleton = cached(() => {
      const found = new Map();
      this.bySpelling.forEach((alike, key) => {
        const spelling = key.slice(1);
        for (const term of alike) append(found, key[0] + skeleton(spelling), [term, spelling]);
      });
      return found;
    });
    this.foreign = cached(() => {
      const found = new Map();
      for (const term of this.foreignTerms) append(found, skeleton(spellingKept(term)), term);
      return found;
    });
    this.named = () => {
      const pairs = named();
      if (!pairs) return new Map();
      if (!this.namedBySound) {
        this.namedBySound = new Map();
        for (const [first, second] of pairs) {
          const sounds = [spellingKept(first), spellingKept(second)];
          if (sounds[0] && sounds[1]) append(this.namedBySound, sounds.join(' '), [first, second]);
        }
      }
      return this.namedBySound;
    };
  }

  pairs(first, second, lao) {
    if (!lao) return (this.named().get(first + ' ' + second) || []).slice(0, 8);
    const found = [];
    for (const one of (this.bySpelling.get(soundKey(lao, first)) || []).slice(0, 4)) {
      for (const two of (this.bySpelling.get(soundKey(lao, second)) || []).slice(0, 4)) {
        if (this.linked(one, two)) found.push([one, two]);
      }
    }
    return found.slice(0, 8);
  }

  chains(spelling, lao) {
    const target = skeleton(spelling);
    if (target.length < 2) return [];
    const found = [];
    const most = Math.max(1, quotient(spelling.length, 4));
    let left = limit('walk_steps');
    let order = 0;
    // nearest beginning first: [distance, -place in the skeleton, order, chain, last letter, distances]
    const waiting = [[0, 0, 0, [], '', Array.from({ length: spelling.length + 1 }, (none, i) => i)]];
    while (waiting.length && left > 0) {
      let nearest = 0;
      for (let i = 1; i < waiting.length; i += 1) {
        if (compareLists(waiting[i].slice(0, 3), waiting[nearest].slice(0, 3)) < 0) nearest = i;
      }
      const [, behind, , chain, end, row] = waiting.splice(nearest, 1)[0];
      const at = -behind;
      if (at === target.length && chain.length > 1 && row[row.length - 1] <= most) {
        found.push([row[row.length - 1], chain]);
      }
      if (chain.length === 5) continue;
      for (const [bones, advance] of nextBones(target, at)) {
        for (const [syllable, sound] of this.bySkeleton().get(soundKey(lao, bones)) || []) {
          left -= 1;
          const longer = extendRow(row, spelling, end === sound[0] ? sound.slice(1) : sound);
          const apart = Math.min(...longer);
          if (apart <= most && (!chain.length || this.linked(chain[chain.length - 1], syllable))) {
            order += 1;
            waiting.push([apart, -(at + advance), order, chain.concat(syllable), sound[sound.length - 1], longer]);
          }
        }
      }
    }
    found.sort((first, second) => first[0] - second[0] || compareLists(first[1], second[1]));
    return found.slice(0, 3).map((item) => item[1]);
  }

  alike(spelling) {
    const most = Math.max(1, quotient(spelling.length, 4));
    return (this.foreign().get(skeleton(spelling)) || [])
      .map((word) => [distance(spellingKept(word), spelling, most), word])
      .filter(([apart]) => apart <= most)
      .sort(compareLists)
      .slice(0, 3)
      .map((item) => item[1]);
  }
}

function nextBones(target, at) {
  const left = target.length - at;
  const choices = [];
  for (let length = 0; length <= Math.min(4, left); length += 1) choices.push([target.slice(at, at + length), length]);
  if (at) {
    for (let length = 0; length <= Math.min(3, left); length += 1) {
      choices.push([target[at - 1] + target.slice(at, at + length), length]);
    }
  }
  return choices;
}

function extendRow(row, spelling, sound) {
  for (const char of sound) {
    let before = row[0];
    row = [before + 1].concat(row.slice(1));
    for (let j = 1; j <= spelling.length; j += 1) {
      const here = Math.min(row[j] + 1, row[j - 1] + 1, before + (char !== spelling[j - 1] ? 1 : 0));
      before = row[j];
      row[j] = here;
    }
  }
  return row;
}
