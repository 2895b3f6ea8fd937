import type { ItemCard } from '~/api/types';
import { audiobook } from './audiobook';
import { book } from './book';
import { comic } from './comic';
import { course } from './course';
import { film } from './film';
import { plain, type KindView, type Shape } from './kind';
import { music } from './music';
import { photo } from './photo';
import { podcast } from './podcast';
import { show } from './show';
import { video } from './video';

/** Their order is the one in which the page names them. */
const VIEWS = new Map(
  [film, show, music, audiobook, podcast, photo, book, comic, video, course].map((view) => [view.name, view]),
);

/** The description of a medium; a medium that the page does not know is shown plainly. */
export const view = (kind: string): KindView => VIEWS.get(kind) ?? plain;

const RANKS = [...VIEWS.keys()];
/** Its place among the media; those that the page does not know come last. */
export const rank = (kind: string): number => (RANKS.indexOf(kind) + RANKS.length + 1) % (RANKS.length + 1);

export const shapeOf = (item: Pick<ItemCard, 'kind' | 'level'>): Shape => view(item.kind).shape(item.level);

/** Where a click on a card leads. */
export function linkTo(item: Pick<ItemCard, 'id' | 'kind' | 'level' | 'playable'>): string {
  // A photo is looked at at once; its page is one step further.
  const viewer = item.playable && view(item.kind).opens === 'viewer';
  return `/${viewer ? 'view' : 'item'}/${item.id}`;
}
