/**
 * A pretended server for looking at the page: canned data, drawn pictures, nothing kept. It never ships.
 *
 *   npm run build && FAKE_MEDIA=/path/to/demo node dev/server.js [port]
 */
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ITEMS, KINDS, count, detail, find, list, picture, SOURCES } from './data.js';

const DIST = fileURLToPath(new URL('../../src/medley/protocols/page/dist', import.meta.url));
const MEDIA = process.env.FAKE_MEDIA ?? '';
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:; frame-src 'self' blob:; connect-src 'self'";
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.mp4': 'video/mp4',
  '.mp3': 'audio/mpeg',
  '.m4b': 'audio/mp4',
  '.epub': 'application/epub+zip',
  '.pdf': 'application/pdf',
  '.webmanifest': 'application/manifest+json',
};

const files = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.name.startsWith('.')
      ? []
      : entry.isDirectory()
        ? files(join(folder, entry.name))
        : [join(folder, entry.name)],
  );
const media = MEDIA && existsSync(MEDIA) ? files(MEDIA) : [];
const sample = (ending) => media.find((path) => path.endsWith(ending)) ?? '';
const SAMPLE = {
  film: '.mp4',
  show: '.mp4',
  video: '.mp4',
  course: '.mp4',
  music: '.mp3',
  podcast: '.mp3',
  audiobook: '.m4b',
  book: '.epub',
  pdf: '.pdf',
};

let me = null;
let log = {};

function json(answer, data, status = 200) {
  answer.writeHead(status, { 'content-type': 'application/json' });
  answer.end(JSON.stringify(data));
}

function bytes(request, answer, path) {
  if (!path || !existsSync(path)) return json(answer, { title: 'No such file', status: 404 }, 404);
  const { size } = statSync(path);
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
  const [from, to] = range ? [Number(range[1]), range[2] ? Number(range[2]) : size - 1] : [0, size - 1];
  answer.writeHead(range ? 206 : 200, {
    'content-type': type,
    'content-length': to - from + 1,
    'accept-ranges': 'bytes',
    ...(range ? { 'content-range': `bytes ${from}-${to}/${size}` } : {}),
  });
  createReadStream(path, { start: from, end: to }).pipe(answer);
}

function page(answer, path) {
  const file = join(DIST, path);
  const found = path !== '/' && existsSync(file) && statSync(file).isFile() ? file : join(DIST, 'index.html');
  answer.writeHead(200, {
    'content-type': TYPES[extname(found)] ?? 'text/plain',
    'content-security-policy': CSP,
  });
  answer.end(readFileSync(found));
}

function play(item) {
  const url = `/api/v1/files/${item.id}/bytes`;
  return {
    method: 'direct',
    reasons: [],
    url,
    mime: TYPES[SAMPLE[item.kind]] ?? 'video/mp4',
    duration_ms: 0,
    edition_id: 'e',
    file_id: item.id,
    parts: [],
    subtitles: [],
    chapters:
      item.kind === 'audiobook'
        ? [
            { start_ms: 0, end_ms: 9000, title: 'One' },
            { start_ms: 9000, end_ms: 20000, title: 'Two' },
          ]
        : [],
    audio_streams: [{ index: 1, type: 'audio', codec: 'aac', language: 'eng', channels: 2 }],
    resume_ms: item.mine.position_ms,
  };
}

const ROUTES = [
  ['GET', /^\/server$/, () => ({ name: 'Attic', version: '0.1', setup_needed: false })],
  [
    'POST',
    /^\/sessions$/,
    (_, body) => (
      (me = {
        id: 'u',
        name: body.name,
        role: 'admin',
        permissions: ['media.view', 'media.download', 'media.upload', 'media.delete', 'system.configure'],
        all_sources: true,
        source_ids: [],
      }),
      { token: 't', user: me }
    ),
  ],
  [
    'GET',
    /^\/sessions$/,
    () => ({
      items: [{ id: 's', device: 'Chrome on Linux', created_at_ms: Date.now(), current: true }],
      next: null,
    }),
  ],
  ['DELETE', /^\/sessions\/current$/, () => void (me = null)],
  ['GET', /^\/me$/, () => me ?? 401],
  ['GET', /^\/kinds$/, () => KINDS],
  ['GET', /^\/sources$/, () => SOURCES],
  [
    'GET',
    /^\/home$/,
    () => ({
      rows: [
        {
          key: 'continue',
          title: 'Continue',
          kind: null,
          items: ITEMS.filter((i) => i.mine.fraction > 0 && !i.mine.finished).slice(0, 12),
        },
        ...KINDS.map((k) => ({
          key: `new/${k.name}`,
          title: `New ${k.plural.toLowerCase()}`,
          kind: k.name,
          items: list({ kind: k.name, level: k.levels[0].name, sort: 'added', limit: 20 }).items,
        })),
      ],
    }),
  ],
  ['GET', /^\/items$/, (_, __, query) => list(query)],
  ['GET', /^\/items\/count$/, (_, __, query) => count(query)],
  [
    'GET',
    /^\/items\/([^/]+)\/progress$/,
    ([id]) => ({ mine: find(id).mine, locator: log[id]?.locator ?? '', history: [] }),
  ],
  [
    'PUT',
    /^\/items\/([^/]+)\/progress$/,
    ([id], body) => (
      (log[id] = body),
      console.log('progress', id, JSON.stringify(body)),
      Object.assign(
        find(id).mine,
        body.fraction !== undefined ? { fraction: body.fraction } : { position_ms: body.position_ms },
      )
    ),
  ],
  ['PUT', /^\/items\/([^/]+)\/opinion$/, ([id], body) => Object.assign(find(id).mine, body)],
  ['POST', /^\/items\/([^/]+)\/played$/, ([id], body) => Object.assign(find(id).mine, body)],
  ['POST', /^\/items\/([^/]+)\/play$/, ([id]) => play(find(id))],
  ['GET', /^\/items\/([^/]+)$/, ([id]) => detail(id)],
  [
    'GET',
    /^\/search$/,
    (_, __, { q }) => {
      const hits = ITEMS.filter((i) => i.title.toLowerCase().includes(q.toLowerCase())).slice(0, 24);
      return {
        hits,
        facets: { kind: { film: 9, music: 4 } },
        next: null,
      };
    },
  ],
  [
    'GET',
    /^\/words\/\w+$/,
    () => ({
      items: ['Drama', 'Comedy', 'Ambient'].map((name, i) => ({ id: `g${i}`, name, count: 12 * i + 3 })),
      next: null,
    }),
  ],
  [
    'GET',
    /^\/people\/(.+)$/,
    ([id]) => ({ id, name: 'Ines Vale', role: 'artist', artwork_id: null, count: 7 }),
  ],
  [
    'GET',
    /^\/(playlists|collections)$/,
    () => ({
      items: [
        { id: 'p', name: 'Rain on the window', owner_id: 'u', shared: true, count: 12, duration_ms: 2400000 },
      ],
      next: null,
    }),
  ],
  [
    'GET',
    /^\/(playlists|collections)\/p$/,
    () => ({
      id: 'p',
      name: 'Rain on the window',
      owner_id: 'u',
      shared: true,
      count: 12,
      duration_ms: 2400000,
    }),
  ],
  [
    'GET',
    /^\/(playlists|collections)\/p\/items$/,
    () => ({
      items: ITEMS.filter((i) => i.level === 'track')
        .slice(0, 12)
        .map((item, i) => ({ entry_id: `n${i}`, item })),
      next: null,
    }),
  ],
  ['GET', /^\/users$/, () => [me]],
  ['GET', /^\/trash$/, () => ({ items: ITEMS.slice(3, 6), next: null })],
  [
    'GET',
    /^\/jobs$/,
    () => ({
      items: [
        {
          id: 'j',
          kind: 'scan',
          title: 'Reading “Films”',
          state: 'running',
          done: 4210,
          total: 9800,
          message: 'The Harbour',
          error: '',
          created_at_ms: Date.now() - 60000,
          started_at_ms: Date.now() - 50000,
          ended_at_ms: null,
        },
      ],
      next: null,
    }),
  ],
  [
    'GET',
    /^\/notices$/,
    () => ({
      items: [
        {
          id: 'n',
          source_id: 's0',
          path: 'Films/Broken (1999)/Broken.mkv',
          severity: 'warning',
          message: 'The file ends in the middle of a frame.',
          hint: 'Copy it again from where it came.',
          happened_at_ms: Date.now() - 7200000,
        },
      ],
      next: null,
    }),
  ],
  [
    'GET',
    /^\/system$/,
    () => ({ version: '0.1', database: 'sqlite', uptime_ms: 4e6, disk: { free: '120 GB' } }),
  ],
  [
    'GET',
    /^\/lyrics\//,
    () => ({
      synced: true,
      lines: 'Salt on the window,light on the floor,a string goes slack,and the tide at the door'
        .split(',')
        .map((text, i) => ({ start_ms: i * 4000, text })),
    }),
  ],
  [
    'GET',
    /^\/files\/[^/]+\/pages$/,
    () => ({
      direction: 'rtl',
      pages: Array.from({ length: 24 }, (_, n) => ({
        n,
        width: n === 6 ? 2400 : 1200,
        height: 1800,
        double: n === 6,
      })),
    }),
  ],
];

function handle(request, answer, url, body) {
  const path = url.pathname.slice('/api/v1'.length);
  const art = /^\/artwork\/(.+)$/.exec(path) ?? /^\/files\/(.+)\/(?:pages\/\d+|picture)$/.exec(path);
  if (art) {
    answer.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=3600' });
    return answer.end(picture(path.includes('pages') ? path : art[1]));
  }
  const file = /^\/files\/([^/]+)\/(?:bytes|download)$/.exec(path);
  if (file)
    return bytes(
      request,
      answer,
      sample(SAMPLE[file[1].endsWith('-pdf') ? 'pdf' : find(file[1])?.kind] ?? '.mp4'),
    );
  if (path === '/events') {
    answer.writeHead(200, { 'content-type': 'text/event-stream' });
    return answer.write(': hello\n\n');
  }
  for (const [method, pattern, act] of ROUTES) {
    const found = method === request.method && pattern.exec(path);
    if (!found) continue;
    const data = act(found.slice(1), body, Object.fromEntries(url.searchParams));
    if (data === 401) return json(answer, { title: 'Sign in first.', status: 401 }, 401);
    if (data === undefined) return answer.writeHead(204).end();
    return json(answer, data);
  }
  json(
    answer,
    {
      type: '/problems/not_found',
      title: `The pretended server does not know ${request.method} ${path}.`,
      status: 404,
    },
    404,
  );
}

createServer((request, answer) => {
  const url = new URL(request.url, 'http://localhost');
  let text = '';
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    if (url.pathname.startsWith('/api/v1')) handle(request, answer, url, text ? JSON.parse(text) : {});
    else page(answer, url.pathname);
  });
}).listen(Number(process.argv[2] ?? 5299), '127.0.0.1', () =>
  console.log('http://127.0.0.1:' + (process.argv[2] ?? 5299)),
);
