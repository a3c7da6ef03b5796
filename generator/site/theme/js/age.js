// How old this copy is, by the reader's own clock. A clock that runs before the data says nothing.
const days = Math.floor((Date.now() - Date.parse(page.date + 'T00:00:00Z')) / 864e5);
const [ageing, overdue] = page.age.split(' ').map(Number);
const said = { n: days, date: page.date.split('-').map(Number).reverse().join('/') };

if (days > overdue) {
  const line = note('overdue');
  for (const tongue of [language, language === 'vi' ? 'lo' : 'vi']) {
    add(line, 'p', fill(words[tongue].overdue, said), tongue);
  }
} else if (days > ageing) {
  add(note('ageing'), 'p', fill(words[language].ageing, said), language);
}
whenReady(() => {
  const place = document.getElementById('age');
  if (place && days > 0) place.textContent = fill(words[language].fresh, said);
});
