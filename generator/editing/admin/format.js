/* Reads an entry for the form and writes it in the handbook's canonical form.
 *
 * The writing is that of generator/editing/emitter.py; a test holds the two equal on every entry. Every scalar stays
 * text: 07:00, 0901.21 and no mean what they look like. What the form cannot show (the word "unknown" for a list, an
 * empty list that means "none", comments at the margin) is kept beside the values under KEPT and put back on saving.
 */
(function (root, factory) {
  if (typeof module === "object" && module.exports) module.exports = factory(require("./vendor/js-yaml.min.js"));
  else root.handbookFormat = factory(root.jsyaml);
})(typeof self === "undefined" ? this : self, function (jsyaml) {
  "use strict";

  const WIDTH = 110;
  const PAIR_WIDTH = 72;
  const KEPT = "__kept";
  const LANGUAGES = ["vi", "lo", "en"];
  const TEXTS = ["text", "name", "phrase"];
  const RESOLVES =
    /^(?:=|<<|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?\d+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
  const INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const isText = (shape) => shape !== undefined && TEXTS.includes(shape.kind);

  /* ---- writing ---- */

  function displayWidth(text) {
    return [...text.replace(/[\p{Mn}\p{Me}\p{Cf}]/gu, "")].length;
  }

  function plain(text, inFlow) {
    if (text === "" || text !== text.trim() || RESOLVES.test(text)) return false;
    if (INDICATORS.includes(text[0]) || text.startsWith("...")) return false;
    if (text.includes(": ") || text.includes(" #") || text.endsWith(":")) return false;
    // eslint-disable-next-line no-control-regex
    if (/[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]/.test(text)) return false;
    return !(inFlow && /[,[\]{}]|:\?/.test(text));
  }

  function scalar(text, numeric, inFlow) {
    if (numeric && /^(?:-?\d+(?:\.\d+)?|true|false)$/.test(text)) return text;
    if (plain(text, inFlow)) return text;
    return JSON.stringify(text).replace(/\x7f/g, "\\x7f");
  }

  function inOrder(values, shape) {
    const known = shape && shape.fields ? Object.keys(shape.fields) : [];
    const own = Object.keys(values).filter((key) => key !== KEPT);
    return [...known.filter((key) => own.includes(key)), ...own.filter((key) => !known.includes(key))];
  }

  function inner(shape, key) {
    if (!shape) return undefined;
    return shape.kind === "mapping" ? shape.item : (shape.fields || {})[key];
  }

  const numeric = (shape) => shape !== undefined && ["number", "whole", "flag"].includes(shape.kind);

  function flow(value, shape) {
    if (isObject(value)) {
      const keys = inOrder(value, shape);
      if (keys.length === 0) return "{}";
      if (!keys.every((key) => LANGUAGES.includes(key) && typeof value[key] === "string")) return null;
      const text = `{${keys.map((key) => `${key}: ${scalar(value[key], false, true)}`).join(", ")}}`;
      return displayWidth(text) <= PAIR_WIDTH ? text : null;
    }
    if (!value.every((item) => typeof item === "string")) return null;
    const bare = shape !== undefined && numeric(shape.item);
    return `[${value.map((item) => scalar(item, bare, true)).join(", ")}]`;
  }

  function folded(head, text, indent) {
    const lines = [];
    const words = text.split(" ");
    let line = head;
    words.forEach((word, position) => {
      const fresh = position === 0;
      const breakable = !fresh && word !== "" && words[position - 1] !== "";
      const unsafe = word.startsWith("#") || word === "---" || word === "...";
      if (breakable && !unsafe && displayWidth(line) + 1 + displayWidth(word) > WIDTH) {
        lines.push(line);
        line = " ".repeat(indent) + word;
      } else {
        line += fresh ? word : ` ${word}`;
      }
    });
    lines.push(line);
    return lines;
  }

  function writeMapping(values, shape, indent) {
    return inOrder(values, shape).flatMap((key) =>
      writeValue(`${scalar(key, false, false)}:`, values[key], inner(shape, key), indent),
    );
  }

  function writeValue(head, value, shape, indent) {
    const space = " ".repeat(indent);
    if (value === null || value === undefined) return [space + head];
    if (typeof value === "string") return folded(`${space}${head} `, scalar(value, numeric(shape), false), indent + 2);
    const text = flow(value, shape);
    const line = `${space}${head} ${text}`;
    const empty = isObject(value) ? Object.keys(value).length === 0 : value.length === 0;
    if (text !== null && (empty || displayWidth(line) <= WIDTH)) return [line];
    const lines = writeBlock(value, shape, indent + 2);
    if (head !== "-") return [space + head, ...lines];
    return [`${space}- ${lines[0].slice(indent + 2)}`, ...lines.slice(1)];
  }

  function writeBlock(value, shape, indent) {
    if (isObject(value)) return writeMapping(value, shape, indent);
    return value.flatMap((item) => writeValue("-", item, shape ? shape.item : undefined, indent));
  }

  /* ---- between the file and the form ---- */

  function prepare(value, shape) {
    if (isText(shape)) return preparePair(value);
    if (shape.kind === "list") return value.map((item) => prepare(item, shape.item));
    if (shape.kind === "mapping") {
      return Object.entries(value).map(([field, item]) => ({ field, value: prepare(item, shape.item) }));
    }
    if (shape.kind !== "group" || !isObject(value)) return value;
    const made = {};
    const kept = {};
    for (const [key, item] of Object.entries(value)) {
      const part = shape.fields[key];
      if (part === undefined) made[key] = item;
      else if (hidden(item, part)) kept[key] = item;
      else made[key] = prepare(item, part);
    }
    if (Object.keys(kept).length > 0) made[KEPT] = kept;
    return made;
  }

  /* Values a widget cannot show: `unknown` where a list or a group could stand, an empty list, nothing at all. */
  function hidden(item, shape) {
    const compound = ["list", "group", "mapping"].includes(shape.kind);
    return item === null || item === "" || (compound && (typeof item === "string" || Object.keys(item).length === 0));
  }

  function preparePair(value) {
    if (typeof value === "string") return { vi: value, lo: value, [KEPT]: "line" };
    return value.vi === value.lo ? { ...value, [KEPT]: "pair" } : value;
  }

  function restore(value, shape) {
    if (isText(shape)) return restorePair(value, shape);
    if (typeof value === "boolean" || typeof value === "number") return String(value);
    if (typeof value === "string") return value.split(/\s+/).filter(Boolean).join(" ");
    if (!value) return undefined;
    if (shape.kind === "list") return value.map((item) => restore(item, shape.item)).filter(something);
    if (shape.kind === "mapping") {
      return Object.fromEntries(
        value.filter((row) => row && row.field).map((row) => [row.field, restore(row.value || [], shape.item)]),
      );
    }
    const kept = value[KEPT] || {};
    const made = {};
    for (const key of new Set([...Object.keys(shape.fields), ...Object.keys(value), ...Object.keys(kept)])) {
      if (key === KEPT) continue;
      const part = shape.fields[key];
      const item = part === undefined ? value[key] : value[key] === undefined ? undefined : restore(value[key], part);
      if (something(item)) made[key] = item;
      else if (key in kept) made[key] = kept[key] === "" ? null : kept[key];
    }
    return made;
  }

  function restorePair(value, shape) {
    if (typeof value === "string") return value;
    const made = {};
    for (const key of LANGUAGES) {
      const text = ((value || {})[key] || "").split(/\s+/).filter(Boolean).join(" ");
      if (text) made[key] = text;
    }
    if (Object.keys(made).length === 0) return undefined;
    const alike = made.vi === made.lo && made.en === undefined;
    const asLine = value[KEPT] === "line" || (shape.kind === "phrase" && value[KEPT] !== "pair");
    return alike && asLine ? made.vi : made;
  }

  function something(value) {
    if (value === undefined || value === null || value === "") return false;
    return typeof value !== "object" || Object.keys(value).length > 0;
  }

  /* ---- comments at the margin ---- */

  function marginComments(text) {
    const before = {};
    let waiting = [];
    for (const line of text.split("\n")) {
      if (line.startsWith("# yaml-language-server:")) continue;
      const key = /^([A-Za-z_][\w]*):/.exec(line);
      if (line.startsWith("#")) waiting.push(line);
      else if (key && waiting.length > 0) {
        before[key[1]] = waiting;
        waiting = [];
      }
    }
    return { before, tail: waiting };
  }

  function formatFor(kind, shape) {
    return {
      fromFile(text) {
        const values = jsyaml.load(text, { schema: jsyaml.FAILSAFE_SCHEMA }) || {};
        const comments = marginComments(text);
        const made = prepare(values, shape);
        if (Object.keys(comments.before).length || comments.tail.length) made.__comments = comments;
        return made;
      },
      toFile(data) {
        const { __comments: comments, ...values } = data;
        const made = restore(values, shape);
        const lines = [`# yaml-language-server: $schema=../schema/${kind}.schema.json`];
        for (const key of inOrder(made, shape)) {
          lines.push(...(((comments || {}).before || {})[key] || []));
          lines.push(...writeValue(`${scalar(key, false, false)}:`, made[key], inner(shape, key), 0));
        }
        lines.push(...((comments || {}).tail || []));
        return lines.join("\n") + "\n";
      },
    };
  }

  return { formatFor, displayWidth };
});
