/** Canned media for the pretended server: every kind, and many films. */

const MANY = Number(process.env.FAKE_MANY ?? 100000);
const level = (name, title, plural, playable = false) => ({ name, title, plural, playable, browsable: true });
const kind = (name, title, plural, opens_with, levels, sorts = ['title', 'added', 'year']) => ({
  name,
  title,
  plural,
  media: '',
  opens_with,
  artwork_shape: 'portrait',
  sorts,
  levels,
});

export const KINDS = [
  kind(
    'film',
    'Film',
    'Films',
    'player',
    [level('film', 'Film', 'Films', true)],
    ['title', 'added', 'year', 'rating', 'played', 'duration'],
  ),
  kind('show', 'Show', 'Shows', 'player', [
    level('show', 'Show', 'Shows'),
    level('season', 'Season', 'Seasons'),
    level('episode', 'Episode', 'Episodes', true),
  ]),
  kind('music', 'Music', 'Music', 'player', [
    level('artist', 'Artist', 'Artists'),
    level('album', 'Album', 'Albums'),
    level('track', 'Track', 'Tracks', true),
  ]),
  kind('audiobook', 'Audiobook', 'Audiobooks', 'player', [level('book', 'Audiobook', 'Audiobooks', true)]),
  kind('photo', 'Photo', 'Photos', 'viewer', [
    level('album', 'Album', 'Albums'),
    level('photo', 'Photo', 'Photos', true),
  ]),
  kind('book', 'Book', 'Books', 'reader', [level('book', 'Book', 'Books', true)]),
  kind('comic', 'Comic', 'Comics', 'reader', [
    level('series', 'Series', 'Series'),
    level('issue', 'Issue', 'Issues', true),
  ]),
];

const WORDS =
  'Lantern Harbour Northbound Saltmarsh Greenwood Hour Tideways Clockwork Paper Quiet Map Winter Orchard Signal Kestrel Moss Ferry Glass Storm Compass Garden Meadow Copper Night'.split(
    ' ',
  );
const pick = (n) => WORDS[n % WORDS.length];
let seed = 7;
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
export const ITEMS = [];
const byId = new Map();
const below = new Map();

function add(kind, levelName, title, more = {}) {
  const n = ITEMS.length;
  const playable = KINDS.find((k) => k.name === kind).levels.find((l) => l.name === levelName).playable;
  const item = {
    id: `i${n}`,
    kind,
    level: levelName,
    title,
    sort_title: title.toLowerCase(),
    subtitle: '',
    authors: [],
    year: 1960 + (n % 64),
    date: '',
    number: null,
    group: null,
    parent_id: null,
    parent_title: '',
    top_id: null,
    top_title: '',
    duration_ms: playable ? 5400000 + (n % 50) * 60000 : 0,
    child_count: 0,
    playable,
    missing: n % 97 === 96,
    added_at_ms: 1.7e12 + n,
    artwork:
      n % 23 === 22
        ? null
        : {
            id: `${levelName}-${n}`,
            width: 600,
            height: 900,
            placeholder: 'YTkGJwaRhWUIt4lbgnhZl3ath2BUBGYA',
          },
    backdrop_id: kind === 'film' || kind === 'show' ? `backdrop-${n}` : null,
    mine: {
      position_ms: n % 11 === 3 ? 900000 : 0,
      fraction: n % 11 === 3 ? 0.3 : 0,
      finished: n % 13 === 5,
      play_count: 0,
      played_at_ms: null,
      favourite: n % 17 === 4,
      rating: null,
    },
    ...more,
  };
  ITEMS.push(item);
  byId.set(item.id, item);
  if (item.parent_id) below.set(item.parent_id, [...(below.get(item.parent_id) ?? []), item]);
  return item;
}
const under = (parent, number, more = {}) => ({
  parent_id: parent.id,
  parent_title: parent.title,
  top_id: parent.top_id ?? parent.id,
  top_title: parent.top_title || parent.title,
  number,
  ...more,
});

for (let s = 0; s < 12; s += 1) {
  const show = add('show', 'show', `The ${pick(s * 3)} ${pick(s * 5 + 1)}`);
  for (let n = 1; n <= 2; n += 1) {
    const season = add('show', 'season', `Season ${n}`, under(show, n));
    for (let e = 1; e <= 8; e += 1)
      add(
        'show',
        'episode',
        `${pick(s + e)} at ${pick(e * 7)}`,
        under(season, e, { group: n, duration_ms: 2700000, date: `2022-0${e}-11` }),
      );
  }
}
for (let a = 0; a < 14; a += 1) {
  const artist = add('music', 'artist', `${pick(a)} & ${pick(a * 3 + 2)}`);
  for (let b = 0; b < 3; b += 1) {
    const album = add(
      'music',
      'album',
      `${pick(a + b * 4)} ${pick(b + 9)}`,
      under(artist, null, { subtitle: artist.title }),
    );
    for (let t = 1; t <= 10; t += 1)
      add(
        'music',
        'track',
        `${pick(t + a)} of ${pick(t * 3)}`,
        under(album, t, { group: t > 6 ? 2 : 1, subtitle: artist.title, duration_ms: 190000 + t * 7000 }),
      );
  }
}
for (let n = 0; n < 20; n += 1)
  add('audiobook', 'book', `The ${pick(n)} ${pick(n * 5)}`, { authors: ['Ada Winterbourne'] });
for (let n = 0; n < 4; n += 1) {
  const album = add('photo', 'album', `2024-0${n + 1} ${pick(n)} ${pick(n + 8)}`);
  for (let p = 0; p < 60; p += 1)
    add(
      'photo',
      'photo',
      `IMG_${1000 + p}`,
      under(album, null, {
        date: `2024-03-${10 + (p % 18)}`,
        artwork: { id: `photo-${n}-${p}`, width: 900, height: p % 3 ? 600 : 1200, placeholder: null },
      }),
    );
}
for (let n = 0; n < 30; n += 1)
  add('book', 'book', `A ${pick(n)} for ${pick(n * 7)}`, { authors: ['Marlow Finch'] });
for (let n = 0; n < 6; n += 1) {
  const series = add('comic', 'series', `${pick(n * 2)} Patrol`);
  for (let i = 1; i <= 9; i += 1) add('comic', 'issue', `${series.title} ${i}`, under(series, i));
}
for (let n = 0; n < MANY; n += 1)
  add(
    'film',
    'film',
    `${pick(Math.floor(random() * 99))} ${pick(Math.floor(random() * 97))}${n > 900 ? ` ${n}` : ''}`,
  );

export const SOURCES = KINDS.map((k, i) => ({
  id: `s${i}`,
  name: k.plural,
  kind: k.name,
  path: `/media/${k.plural}`,
  writable: false,
  state: i === 2 ? 'paused' : 'ready',
  state_reason: i === 2 ? 'More than a fifth of its files are gone. Is the disk mounted?' : '',
  scanned_at_ms: Date.now() - 36e5 * i,
  counts: Object.fromEntries(
    k.levels.map((l) => [
      `${k.name}/${l.name}`,
      ITEMS.filter((x) => x.kind === k.name && x.level === l.name).length,
    ]),
  ),
}));

export const find = (id) => byId.get(id.replace(/-pdf$/, ''));
export const children = (id) => below.get(id) ?? [];

const KEYS = {
  title: (i) => i.sort_title,
  added: (i) => -i.added_at_ms,
  year: (i) => i.year,
  number: (i) => (i.group ?? 0) * 1000 + (i.number ?? 0),
  date: (i) => i.date,
  duration: (i) => i.duration_ms,
};
const sorted = new Map();

function select(query) {
  const { cursor: _c, limit: _l, ...filters } = query;
  const key = JSON.stringify(filters);
  if (sorted.has(key)) return sorted.get(key);
  const by = KEYS[query.sort] ?? KEYS.title;
  const found = (query.parent ? children(query.parent) : ITEMS)
    .filter(
      (i) =>
        (!query.kind || i.kind === query.kind) &&
        (!query.level || i.level === query.level) &&
        (!query.letter || i.sort_title[0].toUpperCase() === query.letter) &&
        (!query.favourite || i.mine.favourite) &&
        (!query.state ||
          (query.state === 'finished'
            ? i.mine.finished
            : query.state === 'in_progress'
              ? i.mine.fraction > 0
              : !i.mine.fraction)),
    )
    .sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0));
  if (query.order === 'desc') found.reverse();
  sorted.set(key, found);
  return found;
}

export function list(query) {
  const all = select(query);
  const from = Number(query.cursor ?? 0);
  const to = from + Number(query.limit ?? 100);
  return { items: all.slice(from, to), next: to < all.length ? String(to) : null };
}

export function count(query) {
  const all = select({ ...query, order: 'asc', sort: 'title' });
  const letters = [];
  all.forEach((item, before) => {
    const letter = item.sort_title[0].toUpperCase();
    if (letters.at(-1)?.letter !== letter) letters.push({ letter, before });
  });
  const years = [...new Set(select({ ...query, year: null }).map((item) => item.year))].sort((a, b) => b - a);
  return { count: all.length, letters, years };
}

export function detail(id) {
  const item = find(id);
  const kids = children(id);
  const format =
    item.kind === 'book'
      ? Number(id.slice(1)) % 2
        ? 'pdf'
        : 'epub'
      : item.kind === 'comic'
        ? 'cbz'
        : item.kind === 'photo'
          ? 'jpeg'
          : 'mp4';
  const file = {
    id: format === 'pdf' ? `${id}-pdf` : id,
    name: `${item.title}.${format}`,
    size: 734003200,
    format,
    media: '',
    duration_ms: item.duration_ms,
    width: item.kind === 'photo' ? 3000 : 1920,
    height: item.kind === 'photo' ? 2000 : 1080,
    part: 0,
    start_ms: 0,
    end_ms: 0,
    missing: false,
    streams: [
      { index: 0, type: 'video', codec: 'h264', width: 1920, height: 1080 },
      { index: 1, type: 'audio', codec: 'aac', language: 'eng' },
    ],
    chapters:
      item.kind === 'audiobook'
        ? [
            { start_ms: 0, end_ms: 9000, title: 'The Folded Country' },
            { start_ms: 9000, end_ms: 20000, title: 'Here Be Silence' },
          ]
        : [],
    page_count: null,
    warnings: [],
  };
  return {
    ...item,
    overview:
      item.kind === 'film' || item.kind === 'show'
        ? 'A keeper of lamps on the salt marsh finds that one of them has been burning for a hundred years. She follows its light inland, past the ferries and the paper mills, to the town where nobody sleeps. '.repeat(
            3,
          )
        : '',
    fields: {},
    genres: [
      { id: 'g0', name: 'Drama' },
      { id: 'g1', name: 'Mystery' },
    ],
    tags: [{ id: 't', name: 'rainy day' }],
    series: [],
    ids: { imdb: 'tt0000001' },
    source_id: 's0',
    people:
      item.kind === 'film'
        ? ['Ines Vale', 'Marlow Finch', 'Ada Winterbourne', 'Otto Brandt'].map((name, i) => ({
            id: `p${i}`,
            name,
            role: i ? 'actor' : 'director',
            character: i ? 'The Keeper' : '',
          }))
        : item.kind === 'book'
          ? [{ id: 'p1', name: 'Marlow Finch', role: 'author', character: '' }]
          : [],
    path_titles: [item.top_id, item.parent_id]
      .filter((x, i, all) => x && all.indexOf(x) === i)
      .map((x) => ({ id: x, title: find(x).title, level: find(x).level })),
    editions: item.playable ? [{ id: 'e', label: '', duration_ms: item.duration_ms, files: [file] }] : [],
    extras: [],
    companions: [],
    child_count: kids.length,
    children_level: kids[0]?.level ?? null,
    next_up: item.kind === 'show' && kids[0] ? (kids[0].playable ? kids[0] : children(kids[0].id)[0]) : null,
    neighbours: { previous_id: null, next_id: null },
  };
}

/** A picture of hills in colours made from the name. */
export function picture(name) {
  let h = 0;
  for (const c of name) h = (h * 31 + c.charCodeAt(0)) % 360;
  const [w, t] = /backdrop|episode|photo/.test(name)
    ? [960, 540]
    : /album|track|artist/.test(name)
      ? [600, 600]
      : [600, 900];
  const hill = (y, l) =>
    `<path d="M0 ${y}Q${w / 4} ${y - 120} ${w / 2} ${y}T${w} ${y - 40}V${t}H0Z" fill="hsl(${h} 35% ${l}%)"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${t}" viewBox="0 0 ${w} ${t}"><rect width="${w}" height="${t}" fill="hsl(${(h + 40) % 360} 50% 62%)"/><circle cx="${w * 0.7}" cy="${t * 0.28}" r="60" fill="hsl(${(h + 60) % 360} 80% 82%)"/>${hill(t * 0.6, 45)}${hill(t * 0.75, 32)}${hill(t * 0.9, 20)}<text x="40" y="90" font-family="sans-serif" font-size="44" font-weight="700" fill="#fff">${name.split('/').pop()}</text></svg>`;
}
