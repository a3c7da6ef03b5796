// Sharing: the device's own menu where there is one, else the address is copied. Nothing is counted, nobody is asked.
// The permanent address goes out, not that of a copy on a stick.
whenReady(() => {
  const tools = document.querySelector('.tools');
  if (!tools) return;
  const [share, print] = tools.querySelectorAll('button');
  const address = tools.dataset.address || location.href;

  function copy() {
    const field = add(tools, 'textarea', address);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    return copied ? Promise.resolve() : Promise.reject(new Error('not copied'));
  }

  share.addEventListener('click', () => {
    if (navigator.share) { navigator.share({ title: document.title, url: address }).catch(() => {}); return; }
    const done = navigator.clipboard ? navigator.clipboard.writeText(address).catch(copy) : copy();
    done.then(() => { tools.querySelector('[aria-live]').textContent = words[language].copied; }).catch(() => {});
  });
  print.addEventListener('click', () => window.print());
});
