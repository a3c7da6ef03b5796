// Chips that filter a list in place. Without this script they are plain links to prepared lists.
// <ul class="chips" data-filters="ID …">, <a data-key="class" data-value="main">; rows carry data-class="main".
whenReady(() => {
  const chosen = {};

  function show(chips) {
    const lists = chips.dataset.filters.split(' ').map((id) => document.getElementById(id)).filter(Boolean);
    for (const list of lists) {
      const keys = Object.keys(chosen).filter((key) => chosen[key]);
      let count = 0;
      for (const row of list.querySelectorAll('[data-' + chips.querySelector('[data-key]').dataset.key + ']')) {
        row.hidden = keys.some((key) => !(row.dataset[key] || '').split(' ').includes(chosen[key]));
        if (!row.hidden) count += 1;
      }
      const counter = document.querySelector('[data-count="' + list.id + '"]');
      if (counter) counter.textContent = fill(words[language].count, { n: count });
    }
  }

  for (const chips of document.querySelectorAll('.chips[data-filters]')) {
    for (const chip of chips.querySelectorAll('a[data-key]')) {
      chip.setAttribute('role', 'button');
      chip.setAttribute('aria-pressed', String(!chip.dataset.value));
      const choose = (event) => {
        event.preventDefault();
        chosen[chip.dataset.key] = chip.dataset.value;
        for (const same of chips.querySelectorAll('[data-key="' + chip.dataset.key + '"]')) {
          same.setAttribute('aria-pressed', String(same === chip));
        }
        show(chips);
      };
      chip.addEventListener('click', choose);
      chip.addEventListener('keydown', (event) => { if (event.key === ' ') choose(event); });
    }
  }
});
