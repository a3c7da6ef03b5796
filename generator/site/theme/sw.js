// Keeps visited pages. Pages come from the line while there is one and from the device when there is none or it
// is too slow; style, script and fonts are named by their content and are taken from the device at once.
'use strict';

const PATIENCE = 4000;
const root = self.registration.scope;

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open('pages').then((kept) => kept.add(root + 'offline.html')));
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// The first page is read before this worker runs; it says what it has loaded.
self.addEventListener('message', (event) => {
  event.waitUntil(caches.open('pages').then((kept) => Promise.all(event.data.map(async (url) => {
    if (!await kept.match(plain({ url }))) await fromLine(new Request(url), kept).catch(() => {});
  }))));
});

function plain(request) {
  const address = request.url.split(/[?#]/)[0];
  return address.endsWith('/') ? address + 'index.html' : address;
}

async function fromLine(request, kept) {
  const answer = await fetch(request);
  if (answer.ok && answer.type === 'basic') await kept.put(plain(request), answer.clone());
  return answer;
}

async function answer(request) {
  const kept = await caches.open('pages');
  const found = await kept.match(plain(request));
  if (found && /\/assets\/(fonts\/|[a-z]+\.[0-9a-f]{8}\.)/.test(request.url)) return found;
  const fresh = fromLine(request, kept);
  if (!found) {
    return fresh.catch((error) => {
      if (request.mode === 'navigate') return Response.redirect(root + 'offline.html');
      throw error;
    });
  }
  fresh.catch(() => {});
  const late = new Promise((resolve) => { setTimeout(() => resolve(found), PATIENCE); });
  return Promise.race([fresh.catch(() => found), late]);
}

self.addEventListener('fetch', (event) => {
  if (event.request.method === 'GET' && event.request.url.startsWith(root)) {
    event.respondWith(answer(event.request));
  }
});
