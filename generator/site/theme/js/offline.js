// On the web a visited page stays readable without a line; from a stick (file:) everything is there anyway.
if ('serviceWorker' in navigator && location.protocol.startsWith('http')) {
  addEventListener('load', () => {
    navigator.serviceWorker.register(root + 'sw.js').then(() => navigator.serviceWorker.ready).then((ready) => {
      const loaded = performance.getEntriesByType('resource').map((entry) => entry.name);
      ready.active.postMessage([location.href.split('#')[0], ...loaded.filter((name) => name.startsWith(root))]);
    }).catch(() => { /* refused, for instance in a private window: the site works without */ });
  });
}

// The page shown without a line lists what is kept.
whenReady(() => {
  const list = document.getElementById('saved');
  if (!list || !self.caches) return;
  caches.open('pages').then((kept) => kept.keys().then((requests) => Promise.all(
    requests.filter((request) => /\.html$/.test(request.url) && request.url !== root + 'offline.html').map((request) => kept.match(request)
      .then((answer) => answer.text())
      .then((text) => {
        const title = new DOMParser().parseFromString(text, 'text/html');
        const link = add(add(list, 'li'), 'a', title.title, title.documentElement.lang);
        link.href = request.url;
      }))
  )));
});
