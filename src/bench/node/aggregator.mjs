// The aggregator that one would write in an afternoon: fetch, Promise.allSettled, a race with a
// timer, one process a core. It parses JSON and concatenates; HL7 v2 goes along as text. No check of
// identity, no merge, no audit, no metrics. Written for `make bench`, which compares it with the service.
import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { availableParallelism } from 'node:os';

const { port, calls, deadlines, sources } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const workers = availableParallelism();

/** Lets so many calls of a source be under way: four times as many do not fit the descriptors. */
class Places {
  constructor(free) {
    this.free = free;
    this.waiting = new Set();
  }

  async take(signal) {
    if (this.free > 0) {
      this.free--;
      return;
    }
    await new Promise((resolve, reject) => {
      const waiter = { resolve };
      this.waiting.add(waiter);
      signal.addEventListener('abort', () => {
        if (this.waiting.delete(waiter)) reject(signal.reason);
      }, { once: true });
    });
  }

  release() {
    const [next] = this.waiting;
    if (next === undefined) {
      this.free++;
    } else {
      this.waiting.delete(next);
      next.resolve();
    }
  }
}

const places = new Map(sources.map(({ name }) => [name, new Places(Math.floor(calls / workers))]));

async function get(source, url, signal, read) {
  await places.get(source.name).take(signal);
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return await read(response);
  } finally {
    places.get(source.name).release();
  }
}

async function bundles(source, url, signal) {
  const resources = [];
  for (let next = url; next !== undefined;) {
    const bundle = await get(source, next, signal, (response) => response.json());
    for (const entry of bundle.entry ?? []) resources.push(entry.resource);
    next = bundle.link?.find((link) => link.relation === 'next')?.url;
  }
  return resources;
}

function ask(source, id, signal) {
  const urls = source.urls.map((url) => url.replace('{id}', id));
  switch (source.kind) {
    case 'fhir': return Promise.all(urls.map((url) => bundles(source, url, signal))).then((all) => all.flat());
    case 'text': return get(source, urls[0], signal, (response) => response.text());
    default: return get(source, urls[0], signal, (response) => response.json());
  }
}

async function chart(id, urgency) {
  const controller = new AbortController();
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), deadlines[urgency]);
  });
  timeout.catch(() => {});
  const settled = await Promise.allSettled(
    sources.map((source) => Promise.race([ask(source, id, controller.signal), timeout])));
  clearTimeout(timer);
  controller.abort();
  const answered = sources.filter((_, i) => settled[i].status === 'fulfilled');
  return {
    patientId: id,
    urgency,
    isComplete: answered.length === sources.length,
    completeness: answered.length / sources.length,
    sources: answered.map(({ name }) => name),
    failures: sources.flatMap(({ name }, i) =>
      (settled[i].status === 'rejected' ? [{ source: name, reason: settled[i].reason.message }] : [])),
    data: Object.fromEntries(sources.flatMap(({ name }, i) =>
      (settled[i].status === 'fulfilled' ? [[name, settled[i].value]] : []))),
  };
}

async function handle(request, response) {
  const url = new URL(request.url, 'http://localhost');
  const [, id] = /^\/patients\/([A-Za-z0-9.-]{1,64})$/.exec(url.pathname) ?? [];
  const urgency = url.searchParams.get('urgency') ?? 'normal';
  if (id === undefined || !(urgency in deadlines)) {
    response.writeHead(400, { 'Content-Length': 0 }).end();
    return;
  }
  const answer = await chart(id, urgency);
  const body = Buffer.from(JSON.stringify(answer));
  response.writeHead(answer.sources.length === 0 ? 504 : 200, {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    'X-Completeness': answer.completeness.toFixed(2),
  }).end(body);
}

if (cluster.isPrimary) {
  for (let i = 0; i < workers; i++) cluster.fork();
  process.on('SIGTERM', () => {
    for (const worker of Object.values(cluster.workers)) worker.kill();
    process.exit(0);
  });
} else {
  http.createServer(handle).listen({ port, host: '127.0.0.1', backlog: 4096 });
}
