// The one scorer, the same text as search/rank.py; all arithmetic is in whole numbers.
class Scorer {
  constructor(plan, source) {
    this.plan = plan;
    this.source = source;
    this.columns = [];
    const frequent = frequentFrom(source.documents);
    this.single = [];
    this.exact = [];
    plan.tokens.forEach((token, i) => {
      const stop = plan.stops[i] ? weight('stop') : 10;
      const kept = plan.singles[i]
        .filter((choice) => source.frequency('folded', choice.term) <= frequent || !this.paired(i));
      this.single.push(this.column(kept.map((choice) => this.choice('folded', choice, stop))));
      const exact = kept.length && kept[0].factor === FULL ? plan.exact[i] : '';
      this.exact.push(this.column(exact ? [this.choice('exact', choiceOf(exact, FULL), stop)] : []));
    });
    this.pair = plan.pairs.map((choices, i) => {
      const stop = plan.stops[i] && plan.stops[i + 1] ? weight('stop') : 10;
      return this.column(choices.map((choice) => this.choice('pair', choice, stop)));
    });
    this.spans = plan.spans.map((span) => this.span(span));
    this.names = this.column(this.nameAlternatives());
    this.codes = plan.codes.map((match) => this.column(
      [['code', match.term, this.telling('code', match.term) * weight('code') * 100]],
    ));
    this.links = plan.pairs.map((choices, i) => this.link(i));
    this.floor = weight('coverage_floor');
    this.places = plan.tokens.map((token, i) => this.place(i));
  }

  paired(i) {
    const { pairs } = this.plan;
    return Boolean((i && pairs[i - 1].length) || (i < pairs.length && pairs[i].length));
  }

  column(alternatives) {
    this.columns.push(alternatives);
    return this.columns.length - 1;
  }

  choice(field, choice, stop) {
    const telling = choice.telling || this.telling(field, choice.term);
    return [field, choice.term, telling * weight(field) * choice.factor * stop];
  }

  telling(field, term) {
    return inverseFrequency(this.source.documents, this.source.frequency(field, term));
  }

  // The columns of a span, scaled down where they would be worth more than what was typed.
  span(span) {
    const [typed, known] = this.typed(span);
    const slots = [];
    let worth = 0;
    for (const [field, term, value] of span.terms) {
      const telling = Math.max(1, this.telling(field, term));
      let points = telling * value;
      if (field === 'concept') {
        const allFields = weight('folded') + weight('exact') + weight('pair');
        points = Math.min(typed, telling * allFields * (span.end - span.start));
      }
      worth += points;
      slots.push([this.column([[field, term, points * 10 * span.weight]]), telling]);
    }
    const scale = known ? Math.min(1000, quotient(1000 * typed, Math.max(1, worth))) : 1000;
    return { start: span.start, end: span.end, slots, whole: sum(slots.map((slot) => slot[1])), scale };
  }

  // What the places of a span are worth as they were typed, and whether the index knows them all.
  typed(span) {
    let typed = 0;
    let known = true;
    for (let i = span.start; i < span.end; i += 1) {
      const choices = this.plan.singles[i];
      known = known && choices.length > 0 && choices[0].factor === FULL;
      const term = choices.length ? choices[0].term : this.plan.tokens[i].folded;
      const marks = this.plan.exact[i] ? weight('exact') : 0;
      typed += this.telling('folded', term) * (weight('folded') + marks);
      if (i + 1 < span.end) {
        const pairs = this.plan.pairs[i];
        typed += (pairs.length ? this.telling('pair', pairs[0].term) : 0) * weight('pair');
      }
    }
    return [typed, known];
  }

  // Names count by the words they hold; a name that is the whole query counts most.
  nameAlternatives() {
    const unit = weight('impact_scale') * 100;
    return this.plan.names.map(({ start, end, term }) => {
      const whole = this.plan.stops.every((stop, i) => stop || (start <= i && i < end));
      let worth = 0;
      for (let i = start; i < end; i += 1) worth += this.tellingOf(i);
      // the more of the words asked for one name holds, the surer it is meant
      let value = whole ? weight('whole_name') : Math.min(weight('whole_name'), weight('name') * (end - start));
      if (term.endsWith(PART)) value = quotient(value * weight('part_name'), 10);
      return ['name', term, value * worth * unit];
    });
  }

  tellingOf(i) {
    const choices = this.plan.singles[i];
    return choices.length ? this.telling('folded', choices[0].term) : 0;
  }

  // How much a place counts in the share of the query that a document answers.
  place(i) {
    if (this.plan.stops[i]) return weight('coverage_stop');
    if (this.plan.singles[i].length || this.plan.spans.some((span) => span.start <= i && i < span.end)) {
      return weight('coverage_position') + this.tellingOf(i);
    }
    return 0;
  }

  // How much two places side by side count in that share, where they stand side by side anywhere.
  link(i) {
    const choices = this.plan.pairs[i];
    if (!choices.length || (this.plan.stops[i] && this.plan.stops[i + 1])) return 0;
    return weight('coverage_pair') + quotient(choices[0].telling || this.telling('pair', choices[0].term), 2);
  }

  // For each document that any column finds, the values of its columns.
  rows() {
    const width = this.columns.length;
    const rows = new Map();
    this.columns.forEach((column, slot) => {
      for (const [field, term, value] of column) {
        const { numbers, impacts } = this.source.postings(field, term);
        for (let k = 0; k < numbers.length; k += 1) {
          let row = rows.get(numbers[k]);
          if (!row) {
            row = new Array(width).fill(0);
            rows.set(numbers[k], row);
          }
          // a name is there or not, whatever its impact
          const points = field === 'name' ? value : value * impacts[k];
          if (points > row[slot]) row[slot] = points;
        }
      }
    });
    return rows;
  }

  // The spans that say a document's places better than they were typed, with share and points; best first.
  gains(row, base, pair) {
    const gains = [];
    this.spans.forEach((span, order) => {
      const found = sum(span.slots.map(([slot, telling]) => (row[slot] ? telling : 0)));
      if (!found) return;
      const share = quotient(1000 * found, span.whole);
      const said = sum(span.slots.map(([slot]) => row[slot]));
      const points = quotient(quotient(said * share, 1000) * span.scale, 1000);
      const inside = sum(base.slice(span.start, span.end)) + sum(pair.slice(span.start, span.end - 1));
      if (points > inside) gains.push({ span, order, share, points, gain: points - inside });
    });
    return gains.sort((first, second) => second.gain - first.gain || first.order - second.order);
  }

  score(row) {
    const { places } = this;
    const base = places.map((place, i) => row[this.single[i]] + row[this.exact[i]]);
    const pair = this.pair.map((slot) => row[slot]);
    const linked = pair.map((points) => (points ? 1000 : 0));
    const cover = base.map((points, i) => (
      points || (i && pair[i - 1]) || (i < places.length - 1 && pair[i]) ? 1000 : 0));
    this.plan.codes.forEach((match, k) => {
      const points = row[this.codes[k]];
      if (points) {
        base[match.start] += points;
        cover.fill(1000, match.start, match.end);
      }
    });
    const taken = places.map(() => false);
    for (const { span, share, points } of this.gains(row, base, pair)) {
      if (taken.slice(span.start, span.end).some(Boolean)) continue;
      for (let i = span.start; i < span.end; i += 1) {
        taken[i] = true;
        base[i] = i === span.start ? points : 0;
        cover[i] = Math.max(cover[i], share);
        if (i < span.end - 1) {
          pair[i] = 0;
          linked[i] = Math.max(linked[i], share);
        }
      }
    }
    const total = sum(base) + sum(pair) + row[this.names];
    const whole = sum(places) + sum(this.links);
    const covered = sum(places.map((place, i) => place * cover[i])) + sum(this.links.map((link, i) => link * linked[i]));
    const part = whole ? this.floor + quotient((1000 - this.floor) * quotient(covered, 1000), whole) : 1000;
    return quotient(total * part, 1000);
  }
}

// The `count` documents among `bounds` that answer best, and how many answer at all; see `rank` in search/rank.py.
function best(scorer, bounds, count) {
  const found = [];
  const most = Math.max(1, count);
  for (const { bound, number, row } of bounds) {
    if (found.length >= most && bound < found[found.length - 1].score) break;
    const score = scorer.score(row);
    let place = found.length;
    while (place && (found[place - 1].score < score
      || (found[place - 1].score === score && found[place - 1].number > number))) place -= 1;
    found.splice(place, 0, { number, score });
    found.length = Math.min(found.length, most);
  }
  if (!found.length || !found[0].score) return { best: [], total: 0 };
  const least = quotient(found[0].score * weight('shown_permille'), 1000);
  return {
    best: found.slice(0, count).filter((item) => item.score >= least),
    total: bounds.filter((item) => item.bound >= least).length,
  };
}

class Ranking {
  constructor(plan, source) {
    this.scorer = new Scorer(plan, source);
    this.bounds = [];
    this.scorer.rows().forEach((row, number) => this.bounds.push({ bound: sum(row), number, row }));
    this.bounds.sort((first, second) => second.bound - first.bound || first.number - second.number);
  }

  // `allowed` says of a document number whether it may be answered.
  rank(count, allowed) {
    return best(this.scorer, this.bounds.filter((item) => allowed(item.number)), count);
  }
}
