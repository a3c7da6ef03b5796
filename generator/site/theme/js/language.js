// The language switch: keeps the heading in view, remembers the choice, carries side by side from page to page.
const choices = [...document.querySelectorAll('.langs a')];

function headingInView() {
  let seen = '';
  for (const heading of document.querySelectorAll('main :is(h1, h2, h3)[id]')) {
    if (heading.getBoundingClientRect().top > innerHeight / 3) break;
    seen = heading.id;
  }
  return scrollY > 80 && seen ? '#' + seen : '';
}

for (const choice of choices) {
  const plain = choice.href;
  const keepPlace = () => { choice.href = plain + location.search + headingInView(); };
  choice.addEventListener('pointerdown', keepPlace);
  choice.addEventListener('click', () => { keepPlace(); remember('language', choice.dataset.set); });
}

// Once side by side was chosen, links to entries lead to their side-by-side page.
function carry(event) {
  const link = event.target.closest && event.target.closest('main a[href]');
  if (!link || !page.both || recall('language') !== 'both' || !link.href.startsWith(root)) return;
  const address = link.href.slice(root.length);
  const parts = /^(lo\/)?([a-z]+)\/([a-z0-9-]+\.html)(#.*)?$/.exec(address);
  if (!parts || parts[3] === 'index.html' || !page.both.split(' ').includes(parts[2])) return;
  link.href = root + (parts[1] || '') + 'both/' + parts[2] + '/' + parts[3] + (parts[4] || '');
}
document.addEventListener('pointerdown', carry, true);
document.addEventListener('click', carry, true);

// A reader whose device speaks the other language is offered it once, in that language; never sent there.
const spoken = (navigator.languages || [navigator.language])
  .map((tag) => tag.slice(0, 2).toLowerCase())
  .find((tag) => words[tag]);
const offered = choices.find((choice) => choice.dataset.set === spoken);
const here = choices.find((choice) => choice.hasAttribute('aria-current'));
if (offered && here && here.dataset.set === language && spoken !== language && !recall('language')) {
  const line = note('offer');
  const text = add(line, 'p', words[spoken].offer + ' ', spoken);
  const go = add(text, 'a', words[spoken].go);
  go.href = offered.href;
  go.addEventListener('click', () => remember('language', spoken));
  const close = add(line, 'button', words[spoken].close, spoken);
  close.type = 'button';
  close.addEventListener('click', () => { remember('language', language); line.parentNode.remove(); });
}
