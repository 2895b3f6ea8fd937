/**
 * The shapes of `/api/v1`, by the names that the page uses. `schema.ts` is generated from the server (`npm run schema`).
 * Times are epoch milliseconds, durations and positions milliseconds, ids opaque text.
 */
import type { components } from './schema';

type Schemas = components['schemas'];
/** An answer: the server sends every field, the ones with a default too. */
type Answer<Name extends keyof Schemas> = Required<Schemas[Name]>;

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type Server = Answer<'Server'>;
export type User = Answer<'User'>;
export type Permission = User['permissions'][number];
export type Session = Answer<'OpenSession'>;
export type AppPassword = Answer<'AppPassword'>;
export type NewAppPassword = Answer<'NewAppPassword'>;
export type LevelInfo = Answer<'LevelView'>;
export type KindInfo = Answer<'KindView'>;
export type Source = Answer<'Source'>;
export type ArtworkRef = Schemas['Artwork'];
export type Mine = Answer<'Mine'>;
export type ItemCard = Omit<Answer<'ItemCard'>, 'mine' | 'artwork'> & {
  mine: Mine;
  artwork: ArtworkRef | null;
};
export type Stream = Pick<Schemas['Stream'], 'index' | 'type' | 'codec'> & Partial<Schemas['Stream']>;
export type Chapter = Answer<'ChapterMark'>;
export type ItemFile = Answer<'ItemFile'>;
export type Edition = Answer<'Edition'>;
export type Extra = Answer<'Extra'>;
export type Person = Answer<'Person'>;
export type Word = Answer<'Counted'>;
export type Named = Answer<'Named'>;
export type ItemDetail = ItemCard &
  Omit<Answer<'ItemDetail'>, keyof Schemas['ItemCard'] | 'next_up' | 'people'> & {
    next_up: ItemCard | null;
    people: Person[];
  };
export type Letter = Answer<'Letter'>;
export type ListCount = Omit<Answer<'ListCount'>, 'letters' | 'years'> & {
  letters?: Letter[];
  years?: number[];
};
export type HomeRow = Omit<Answer<'HomeRow'>, 'items'> & { items: ItemCard[] };
export type SearchAnswer = Omit<Answer<'SearchAnswer'>, 'hits'> & { hits: ItemCard[] };
export type Playlist = Answer<'ItemList'>;
export type PlaylistEntry = Omit<Answer<'ListEntry'>, 'item'> & { item: ItemCard };
export type Capabilities = Schemas['Capabilities'];
export type PlayPart = Answer<'PlayPart'>;
export type SubtitleTrack = Answer<'SubtitleTrack'>;
export type PlayAnswer = Answer<'PlayAnswer'>;
export type ProgressReport = Schemas['Progress'];
export type ProgressAnswer = Omit<Answer<'ProgressView'>, 'mine'> & { mine: Mine };
export type ComicPages = Answer<'ComicPages'>;
export type Lyrics = Answer<'Lyrics'>;
export type Job = Answer<'Job'>;
export type Notice = Answer<'Notice'>;
export type PodcastRules = Answer<'Rules'>;
export type Subscription = Omit<Answer<'Subscription'>, 'rules' | 'funding'> & {
  rules: PodcastRules;
  funding: { url: string; title?: string }[];
};
export type Episode = Answer<'Episode'>;
export type PodcastPreview = Answer<'Preview'>;
export type Imported = Answer<'Imported'>;
export type Problem = Schemas['Problem'];
