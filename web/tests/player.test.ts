import { describe, expect, it } from 'vitest';
import type { ItemCard, PlayAnswer } from '~/api/types';
import { probe } from '~/player/capabilities';
import { Queue } from '~/player/queue.svelte';
import { chapterAt, isOffsetStream, partAt, partsOf, withStart } from '~/player/timeline';

const items = ['a', 'b', 'c', 'd'].map((id) => ({ id }) as ItemCard);
const plan = (more: Partial<PlayAnswer>) =>
  ({
    method: 'direct',
    url: '/f/1',
    mime: 'audio/mpeg',
    duration_ms: 30_000,
    file_id: '1',
    parts: [],
    ...more,
  }) as PlayAnswer;

describe('Queue', () => {
  it('goes on to its end and stops there', () => {
    const queue = new Queue();
    queue.set(items, 2);
    expect(queue.next()).toBe(true);
    expect(queue.current?.id).toBe('d');
    expect(queue.next()).toBe(false);
    queue.repeat = 'all';
    expect(queue.next()).toBe(true);
    expect(queue.current?.id).toBe('a');
  });

  it('repeats one by itself, but lets the listener go on', () => {
    const queue = new Queue();
    queue.set(items);
    queue.repeat = 'one';
    expect(queue.next(false)).toBe(true);
    expect(queue.current?.id).toBe('a');
    queue.next();
    expect(queue.current?.id).toBe('b');
  });

  it('keeps what plays while the rest is moved, removed and shuffled', () => {
    const queue = new Queue();
    queue.set(items, 1);
    queue.move(1, 3);
    expect(queue.current?.id).toBe('b');
    queue.remove(0);
    expect(queue.current?.id).toBe('b');
    queue.shuffle(() => 0);
    expect(queue.current?.id).toBe('b');
    expect(queue.index).toBe(0);
    queue.shuffle();
    expect(queue.items.map((item) => item.id)).toEqual(['c', 'd', 'b']);
    expect(queue.current?.id).toBe('b');
  });

  it('takes items in after the present one', () => {
    const queue = new Queue();
    queue.set(items.slice(0, 2));
    queue.add([items[3]], true);
    expect(queue.items.map((item) => item.id)).toEqual(['a', 'd', 'b']);
  });
});

describe('the timeline', () => {
  const parts = [0, 10_000, 20_000].map((start_ms, i) => ({
    file_id: String(i),
    url: '',
    start_ms,
    duration_ms: 10_000,
  }));

  it('finds the part and the chapter of a moment', () => {
    expect([0, 9_999, 10_000, 29_000, 99_000].map((ms) => partAt(parts, ms))).toEqual([0, 0, 1, 2, 2]);
    const chapters = [{ start_ms: 500, end_ms: 900, title: '' }];
    expect([0, 500, 5000].map((ms) => chapterAt(chapters, ms))).toEqual([-1, 0, 0]);
  });

  it('takes a file as its only part', () => {
    expect(partsOf(plan({}))).toHaveLength(1);
    expect(partsOf(plan({ parts }))).toHaveLength(3);
  });

  it('knows the streams that must be asked for anew to seek', () => {
    expect(isOffsetStream(plan({ method: 'transcode', url: '/files/1/audio?format=opus' }))).toBe(true);
    expect(isOffsetStream(plan({ method: 'transcode', url: '/hls/k/1/a/master.m3u8' }))).toBe(false);
    expect(withStart('/audio?format=opus&start_ms=3', 12_500.4)).toBe('/audio?format=opus&start_ms=12500');
  });
});

describe('probe', () => {
  it('names what the browser says it plays, by either way of asking', () => {
    const found = probe({
      canPlayType: (type) => (type.startsWith('audio/mpeg') ? 'maybe' : ''),
      isTypeSupported: (type) => type.includes('avc1.640028'),
    });
    expect(found).toEqual({ containers: ['mp3'], video: ['h264'], audio: ['mp3'], hls: true });
  });
});
