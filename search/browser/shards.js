// Fetches shards as classic scripts, which also works from file:. Each hands its content over to `take` with a digest;
// one of another build (an old copy kept by the browser, say) is asked for again a little later.
const waiting = new Map();
const ATTEMPTS = 3;
const PAUSE = 1500;
const DIGEST_LENGTH = 3;

function take(name, digest, content) {
  const asked = waiting.get(name);
  if (asked) asked(digest, content);
}

function fetchScript(address, name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    let taken = null;
    waiting.set(name, (digest, content) => { taken = { digest, content }; });
    const finish = (work) => () => {
      script.remove();
      waiting.delete(name);
      work();
    };
    script.onload = finish(() => (taken ? resolve(taken) : reject(new Error(name))));
    script.onerror = finish(() => reject(new Error(name)));
    script.src = address;
    document.head.append(script);
  });
}

// A function that fetches a shard below `folder` once, however often it is asked for.
function shardFetcher(folder) {
  const fetched = new Map();
  let digests = null;

  function expected(name) {
    const [group, number] = name.split('-');
    const all = ENTRY_DIGESTS[name] || digests[group];
    return number === undefined ? all : all.slice(DIGEST_LENGTH * Number(number), DIGEST_LENGTH * (Number(number) + 1));
  }

  function attempt(name, left) {
    return fetchScript(folder + name.replace('-', '/') + '.js', name).then((taken) => {
      if (name === 'core') digests = taken.content.digests;
      if (taken.digest === expected(name)) return taken.content;
      if (!left) throw new Error(name);
      return new Promise((resolve) => { setTimeout(resolve, PAUSE); }).then(() => attempt(name, left - 1));
    });
  }

  return (name) => {
    if (!fetched.has(name)) {
      const promise = attempt(name, ATTEMPTS);
      promise.catch(() => fetched.delete(name));
      fetched.set(name, promise);
    }
    return fetched.get(name);
  };
}
