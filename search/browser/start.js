// Fetches the search only when it is wanted: a query in the address, earlier ones on this device, or the box touched.
// Until it is there, the form works as a plain one and comes back with the query in the address.
(function () {
'use strict';
const box = document.getElementById('q');
const events = ['focus', 'input', 'pointerdown'];
function wanted() {
  try {
    if (localStorage.getItem('handbook.searches')) return true;
  } catch (error) { /* nothing is kept */ }
  return new URLSearchParams(location.search).has('q') || document.activeElement === box || box.value !== '';
}
function fetchSearch() {
  for (const name of events) box.removeEventListener(name, fetchSearch);
  const script = document.createElement('script');
  script.src = (document.body.dataset.root || '') + 'search/search.js';
  script.onerror = listen;
  document.head.append(script);
}
function listen() {
  for (const name of events) box.addEventListener(name, fetchSearch);
}
if (wanted()) fetchSearch();
else listen();
})();
