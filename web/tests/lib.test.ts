import { beforeAll, describe, expect, it, vi } from 'vitest';
import { withQuery } from '~/api/client';
import { ago, clock, date, length, size } from '~/lib/format';

describe('format', () => {
  it('writes times as players do', () => {
    expect([0, 59_999, 61_000, 3_725_000].map(clock)).toEqual(['0:00', '0:59', '1:01', '1:02:05']);
    expect([0, 30_000, 5_400_000, 7_200_000].map(length)).toEqual(['', '30 s', '1 h 30 min', '2 h']);
  });

  it('keeps dates as exact as they are', () => {
    expect(date('1994')).toBe('1994');
    expect(date('1994-03')).toContain('1994');
    expect(date('1994-03-01T10:00:00')).toContain('1');
    expect(date('')).toBe('');
  });

  it('writes sizes and distances in time', () => {
    expect(size(734_003_200)).toBe('734 MB');
    expect(size(12)).toBe('12 B');
    expect(ago(1000, 1000 + 3 * 36e5)).toBe('3 hours ago');
    expect(ago(null)).toBe('never');
  });
});

describe('withQuery', () => {
  it('leaves out what is empty and keeps false and nought', () => {
    expect(withQuery('/items', { kind: 'film', tag: '', year: null, state: undefined, page: 0 })).toBe(
      '/items?kind=film&page=0',
    );
    expect(withQuery('/items')).toBe('/items');
  });
});

describe('match', () => {
  let match: (pattern: string, path: string) => Record<string, string> | null;
  beforeAll(async () => {
    vi.stubGlobal('location', { pathname: '/app/', search: '' });
    vi.stubGlobal('history', { state: null });
    ({ match } = await import('~/lib/router.svelte'));
  });

  it('names the parts, and knows optional ones', () => {
    expect(match('/item/:id', '/item/abc')).toEqual({ id: 'abc' });
    expect(match('/library/:kind/:level?', '/library/music')).toEqual({ kind: 'music' });
    expect(match('/library/:kind/:level?', '/library/music/album')).toEqual({
      kind: 'music',
      level: 'album',
    });
    expect(match('/', '/')).toEqual({});
    expect(match('/item/:id', '/item')).toBeNull();
    expect(match('/item/:id', '/item/a/b')).toBeNull();
  });
});
