// Choices kept on this device. A browser that forbids storage forgets them; nothing else changes.
const page = document.body.dataset;
const language = document.documentElement.lang;
const root = new URL(page.root || './', location.href).href;
const notes = document.getElementById('notes');

function remember(name, value) {
  try { localStorage.setItem('handbook.' + name, value); } catch (error) { /* not kept */ }
}

function recall(name) {
  try { return localStorage.getItem('handbook.' + name); } catch (error) { return null; }
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name]);
}

// An element with text in a language, added to a parent.
function add(parent, tag, text, tongue) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (tongue) made.lang = tongue;
  parent.append(made);
  return made;
}

// A line above the page. It is made before the page below is laid out, so nothing moves.
function note(kind) {
  const line = add(notes, 'div');
  notes.setAttribute('role', 'region');
  notes.setAttribute('aria-label', words[language].note);
  const inside = add(line, 'div');
  line.className = 'note ' + kind;
  inside.className = 'wrap';
  return inside;
}

function whenReady(work) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', work);
  else work();
}

// Shows what works with this script alone; the page below is not laid out yet, so nothing moves.
document.documentElement.classList.add('live');
