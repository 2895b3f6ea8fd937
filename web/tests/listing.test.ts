import { afterEach, describe, expect, it, vi } from 'vitest';
import { Listing, sections } from '~/lib/listing.svelte';

interface Row {
  id: string;
  letter: string;
}

const rows: Row[] = Array.from({ length: 2600 }, (_, i) => ({
  id: `i${i}`,
  letter: String.fromCharCode(65 + Math.floor(i / 100)),
}));
const letters = Array.from({ length: 26 }, (_, i) => ({
  letter: String.fromCharCode(65 + i),
  before: i * 100,
}));

/** A server that pages by keyset: no page can be had without the one before it. */
function serve(all: Row[], count: unknown): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: string) => {
    const url = new URL(address, 'http://x');
    asked.push(url.search);
    const json = (data: unknown) =>
      new Response(JSON.stringify(data), { headers: { 'content-type': 'application/json' } });
    if (url.pathname.endsWith('/count')) return json(count);
    const query = url.searchParams;
    const letter = query.get('letter');
    const found = letter ? all.filter((row) => row.letter === letter) : all;
    if (query.get('order') === 'desc') found.reverse();
    const from = Number(query.get('cursor') ?? 0);
    const to = from + Number(query.get('limit'));
    return json({ items: found.slice(from, to), next: to < found.length ? String(to) : null });
  });
  return asked;
}

const settled = () => new Promise((done) => setTimeout(done, 30));
afterEach(() => vi.unstubAllGlobals());

describe('sections', () => {
  it('cuts at the letters and covers everything', () => {
    const cut = sections(2600, letters, false);
    expect(cut).toHaveLength(26);
    expect(cut.reduce((sum, s) => sum + s.count, 0)).toBe(2600);
    expect(cut[3]).toEqual({ start: 300, count: 100, filter: { letter: 'D' } });
  });

  it('turns round with the list', () => {
    const cut = sections(2650, letters, true);
    expect(cut[0]).toEqual({ start: 0, count: 150, filter: { letter: 'Z' } });
    expect(cut[25]).toEqual({ start: 2550, count: 100, filter: { letter: 'A' } });
  });

  it('keeps one section where marks are missing or make no sense', () => {
    expect(sections(2600, undefined, false)).toHaveLength(1);
    expect(
      sections(
        2600,
        [
          { letter: 'A', before: 7 },
          { letter: 'B', before: 9 },
        ],
        false,
      ),
    ).toHaveLength(1);
    expect(sections(20, letters, false)).toHaveLength(1);
  });
});

describe('Listing', () => {
  it('jumps into the middle by the letter, without reading what lies before', async () => {
    const asked = serve(rows, { count: 2600, letters });
    const list = new Listing({ sort: 'title' });
    await list.open();
    list.want(2510, 2540);
    await settled();
    expect(list.at(2510)?.id).toBe('i2510');
    expect(list.at(2539)?.id).toBe('i2539');
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it('reads in large pages towards a far place when there are no letters', async () => {
    const asked = serve(rows, { count: 2600, letters: [] });
    const list = new Listing({ sort: 'added' });
    await list.open();
    list.want(2300, 2340);
    await settled();
    expect(list.at(2339)?.id).toBe('i2339');
    expect(asked.filter((search) => search.includes('limit=500')).length).toBeGreaterThan(3);
  });

  it('is as long as what there is, whatever the count promised', async () => {
    serve(rows.slice(0, 250), { count: 9000, letters: [] });
    const list = new Listing({ sort: 'played' });
    await list.open();
    list.want(200, 300);
    await settled();
    expect(list.total).toBe(250);
  });

  it('grows without a count', async () => {
    serve(rows, undefined);
    vi.stubGlobal('fetch', withoutCount(globalThis.fetch));
    const list = new Listing({ sort: 'title' });
    await list.open();
    expect(list.total).toBe(101);
    list.want(95, 140);
    await settled();
    expect(list.at(139)?.id).toBe('i139');
  });
});

function withoutCount(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (async (address: string) =>
    address.includes('/count')
      ? new Response('', { status: 404 })
      : fetch(address)) as typeof globalThis.fetch;
}
