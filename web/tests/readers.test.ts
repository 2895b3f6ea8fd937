import { describe, expect, it } from 'vitest';
import { readerFor } from '~/readers/choose';
import { pageOf } from '~/readers/progress';
import { pageWidth, spreadOf, spreads } from '~/readers/spreads';

const page = (n: number, width = 1200, height = 1800) => ({ n, width, height });

describe('spreads', () => {
  it('leaves the cover and double pages alone and pairs the rest', () => {
    const all = spreads([page(0), page(1), page(2), page(3, 2400), page(4), page(5), page(6)], true);
    expect(all.map((spread) => spread.map((p) => p.n))).toEqual([[0], [1, 2], [3], [4, 5], [6]]);
    expect(spreadOf(all, 5)).toBe(3);
    expect(spreadOf(all, 99)).toBe(0);
  });

  it('never pairs a page with a double page that follows', () => {
    const all = spreads([page(0), page(1), page(2, 2400)], true);
    expect(all.map((spread) => spread.length)).toEqual([1, 1, 1]);
  });

  it('shows single pages when asked', () => {
    expect(spreads([page(0), page(1)], false)).toHaveLength(2);
  });
});

describe('pageOf', () => {
  it('trusts the named page, then the fraction, and stays inside the book', () => {
    expect(pageOf({ locator: 'page=7', fraction: 0.9 }, 20)).toBe(7);
    expect(pageOf({ locator: 'page=70', fraction: 0 }, 20)).toBe(20);
    expect(pageOf({ locator: '', fraction: 0.5 }, 21)).toBe(11);
    expect(pageOf({ locator: null, fraction: 0 }, 0)).toBe(1);
  });
});

describe('readerFor', () => {
  const of = (format: string, name: string, media = '') => readerFor({ format, name, media });

  it('goes by the format, then by the name', () => {
    expect(of('epub', 'a.epub')).toBe('epub');
    expect(of('', 'a.AZW3')).toBe('epub');
    expect(of('pdf', 'a.pdf', 'comic')).toBe('pdf');
    expect(of('cbz', 'a.cbz')).toBe('comic');
    expect(of('djvu', 'a.djvu', 'book')).toBeNull();
  });
});

describe('pageWidth', () => {
  it('asks for one of a few widths', () => {
    expect(pageWidth(390, 3)).toBe(1280);
    expect(pageWidth(4000, 2)).toBe(2400);
  });
});
