/** One timeline over the parts of an edition (the files of an audiobook, the discs of a long film). */
import type { Chapter, PlayAnswer, PlayPart } from '~/api/types';

/** The parts of a plan; a plan without parts is one part of its own. */
export function partsOf(plan: PlayAnswer): PlayPart[] {
  if (plan.parts?.length) return plan.parts;
  return [{ file_id: plan.file_id, url: plan.url, start_ms: 0, duration_ms: plan.duration_ms }];
}

/** The index of the part that holds `ms`. */
export function partAt(parts: PlayPart[], ms: number): number {
  let found = 0;
  for (let i = 0; i < parts.length; i += 1) if (parts[i].start_ms <= ms) found = i;
  return found;
}

/** The index of the chapter that holds `ms`, or −1. */
export function chapterAt(chapters: Chapter[], ms: number): number {
  let found = -1;
  for (let i = 0; i < chapters.length; i += 1) if (chapters[i].start_ms <= ms) found = i;
  return found;
}

/** A transcoded plain stream cannot be sought in; it is asked for anew from `ms`. */
export function isOffsetStream(plan: PlayAnswer): boolean {
  return plan.method === 'transcode' && !plan.mime.includes('mpegurl') && !plan.url.includes('.m3u8');
}

export function withStart(url: string, ms: number): string {
  const [path, query = ''] = url.split('?');
  const search = new URLSearchParams(query);
  search.set('start_ms', String(Math.round(ms)));
  return `${path}?${search.toString()}`;
}
