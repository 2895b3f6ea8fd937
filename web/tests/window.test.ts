import { describe, expect, it } from 'vitest';
import { cells, MAX_HEIGHT, scrollTo, stretch } from '~/lib/window';

const desktop = cells({ width: 1144, minCell: 164, gap: 24, ratio: 1.5, text: 48 });

describe('cells', () => {
  it('fills the width with equal columns no narrower than asked', () => {
    expect(desktop.columns).toBe(6);
    expect(desktop.cell).toBeGreaterThanOrEqual(164);
    expect(desktop.cell * 6 + 24 * 5).toBeLessThanOrEqual(1144);
  });

  it('has one column where not even one fits', () => {
    expect(cells({ width: 80, minCell: 164, gap: 24, ratio: 1, text: 0 }).columns).toBe(1);
  });
});

describe('stretch', () => {
  it('draws a screenful of a hundred thousand, not more', () => {
    const seen = stretch(100_000, desktop, 500_000, 900);
    expect(seen.to - seen.from).toBeLessThan(60);
    expect(seen.height).toBe(Math.ceil(100_000 / 6) * desktop.row);
    expect(seen.offset).toBeLessThanOrEqual(500_000);
    expect(seen.offset).toBeGreaterThan(500_000 - 3 * desktop.row);
  });

  it('reaches the first and the last item', () => {
    expect(stretch(1000, desktop, 0, 900).from).toBe(0);
    const end = stretch(1000, desktop, 1e9, 900);
    expect(end.to).toBe(1000);
    expect(stretch(0, desktop, 0, 900)).toMatchObject({ from: 0, to: 0, height: 0 });
  });

  it('reaches the end of lists taller than a browser can scroll', () => {
    const end = stretch(5_000_000, desktop, MAX_HEIGHT - 900, 900);
    expect(end.height).toBe(MAX_HEIGHT);
    expect(end.to).toBe(5_000_000);
    expect(end.offset).toBeLessThan(MAX_HEIGHT);
  });
});

describe('scrollTo', () => {
  it('finds the place at which an item is the first drawn', () => {
    for (const count of [50_000, 5_000_000]) {
      const wanted = Math.floor(count * 0.7);
      const seen = stretch(count, desktop, scrollTo(wanted, count, desktop, 900), 900, 0);
      expect(Math.abs(seen.from - wanted)).toBeLessThanOrEqual(2 * desktop.columns);
    }
  });
});
