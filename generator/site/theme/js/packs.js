// The pack list: its boxes become real ones, and what is ticked stays ticked on this device.
// <ul class="pack" data-pack="ID"><li data-tick="DOCUMENT"><b>Name</b> …
whenReady(() => {
  for (const pack of document.querySelectorAll('.pack[data-pack]')) {
    const name = 'pack.' + pack.dataset.pack;
    const ticked = new Set((recall(name) || '').split(' ').filter(Boolean));
    const boxes = [];
    const keep = () => {
      remember(name, boxes.filter((box) => box.checked).map((box) => box.value).join(' '));
      clear.hidden = !boxes.some((box) => box.checked);
    };
    for (const paper of pack.querySelectorAll('[data-tick]')) {
      const box = document.createElement('input');
      const label = paper.querySelector('b') || paper.firstElementChild;
      label.id = label.id || name.replace(/\W/g, '-') + '-' + paper.dataset.tick;
      box.type = 'checkbox';
      box.className = 'tick';
      box.value = paper.dataset.tick;
      box.checked = ticked.has(box.value);
      box.setAttribute('aria-labelledby', label.id);
      label.addEventListener('click', () => box.click());
      box.addEventListener('change', keep);
      paper.prepend(box);
      boxes.push(box);
    }
    const clear = document.createElement('button');
    clear.type = 'button';
    clear.className = 'btn noprint';
    clear.textContent = words[language].clear;
    clear.addEventListener('click', () => { boxes.forEach((box) => { box.checked = false; }); keep(); });
    pack.after(clear);
    pack.classList.add('live');
    clear.hidden = !ticked.size;
  }
});
