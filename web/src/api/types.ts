/** The shapes of `/api/v1`. Times are epoch milliseconds, durations and positions milliseconds, ids opaque text. */

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Server {
  name: string;
  version: string;
  setup_needed: boolean;
}

export interface User {
  id: string;
  name: string;
  role: string;
  permissions: string[];
  all_sources: boolean;
  source_ids: string[];
  preferences?: Record<string, unknown>;
}

export interface Session {
  id: string;
  device: string;
  created_at_ms: number;
  seen_at_ms?: number | null;
  current?: boolean;
}

export interface LevelInfo {
  name: string;
  title: string;
  plural: string;
  playable: boolean;
  browsable: boolean;
}

export interface KindInfo {
  name: string;
  title: string;
  plural: string;
  media: string;
  opens_with: string;
  artwork_shape: string;
  sorts: string[];
  levels: LevelInfo[];
}

export interface Source {
  id: string;
  name: string;
  kind: string;
  path: string;
  writable: boolean;
  state: string;
  state_reason: string | null;
  scanned_at_ms: number | null;
  counts: Record<string, number>;
}

export interface ArtworkRef {
  id: string;
  width: number;
  height: number;
  placeholder: string | null;
}

export interface Mine {
  position_ms: number;
  fraction: number;
  finished: boolean;
  play_count: number;
  played_at_ms: number | null;
  favourite: boolean;
  rating: number | null;
}

export interface ItemCard {
  id: string;
  kind: string;
  level: string;
  title: string;
  sort_title: string;
  subtitle: string | null;
  year: number | null;
  date: string | null;
  number: number | null;
  group: number | null;
  parent_id: string | null;
  parent_title: string | null;
  top_id: string | null;
  top_title: string | null;
  duration_ms: number | null;
  child_count: number;
  playable: boolean;
  missing: boolean;
  added_at_ms: number;
  artwork: ArtworkRef | null;
  backdrop_id: string | null;
  mine: Mine;
}

export interface Stream {
  index: number;
  type: string;
  codec: string;
  language?: string;
  title?: string;
  default?: boolean;
  forced?: boolean;
  channels?: number;
  channel_layout?: string;
  width?: number;
  height?: number;
  bitrate?: number;
}

export interface Chapter {
  start_ms: number;
  end_ms: number;
  title: string;
}

export interface ItemFile {
  id: string;
  name: string;
  size: number;
  format: string;
  media: string;
  duration_ms: number | null;
  width: number | null;
  height: number | null;
  part: number;
  start_ms: number;
  end_ms: number;
  missing: boolean;
  streams: Stream[];
  chapters: Chapter[];
  page_count: number | null;
  warnings: string[];
}

export interface Edition {
  id: string;
  label: string;
  duration_ms: number | null;
  files: ItemFile[];
}

export interface Person {
  id: string;
  name: string;
  role: string;
  character?: string | null;
  artwork_id: string | null;
  count?: number;
}

export interface Word {
  id: string;
  name: string;
  count?: number;
}

export interface ItemDetail extends ItemCard {
  overview: string | null;
  fields: Record<string, unknown>;
  genres: Word[];
  tags: (string | Word)[];
  series: { id: string; name: string; number: string | null }[];
  people: Person[];
  ids: Record<string, string>;
  source_id: string;
  path_titles: { id: string; title: string; level: string }[];
  editions: Edition[];
  extras: { id: string; title: string; extra: string; duration_ms: number | null }[];
  companions: { id: string; name?: string; role: string; language: string; title: string; forced: boolean }[];
  children_level: string | null;
  next_up: ItemCard | null;
  neighbours: { previous_id: string | null; next_id: string | null };
}

export interface ListCount {
  count: number;
  letters?: { letter: string; before: number }[] | null;
  years?: (number | { year: number; before?: number; count?: number })[] | null;
}

export interface HomeRow {
  key: string;
  title: string;
  kind: string | null;
  items: ItemCard[];
}

export interface SearchAnswer {
  hits: { item: ItemCard; matched: string }[];
  facets: Record<string, Record<string, number>>;
  next: string | null;
}

export interface Playlist {
  id: string;
  name: string;
  owner_id: string | null;
  shared: boolean;
  count: number;
  duration_ms: number | null;
}

export interface PlaylistEntry {
  entry_id: string;
  item: ItemCard;
}

export interface Capabilities {
  containers: string[];
  video: string[];
  audio: string[];
  hls: boolean;
  max_bitrate?: number;
}

export interface PlayPart {
  file_id: string;
  url: string;
  start_ms: number;
  duration_ms: number;
}

export interface SubtitleTrack {
  id: string;
  url: string;
  language: string;
  title: string;
  forced: boolean;
  default: boolean;
}

export interface PlayAnswer {
  method: 'direct' | 'remux' | 'transcode';
  reasons: { code: string; text: string }[];
  url: string;
  mime: string;
  duration_ms: number;
  edition_id: string;
  file_id: string;
  parts: PlayPart[];
  audio_streams: Stream[];
  subtitles: SubtitleTrack[];
  chapters: Chapter[];
  resume_ms: number;
}

export interface ProgressReport {
  position_ms?: number;
  duration_ms?: number;
  locator?: string;
  fraction?: number;
  finished?: boolean;
  device?: string;
  happened_at_ms?: number;
}

export interface ProgressAnswer {
  mine: Mine;
  locator: string | null;
}

export interface ComicPages {
  direction: 'ltr' | 'rtl';
  pages: { n: number; width: number; height: number; double?: boolean }[];
}

export interface Lyrics {
  synced: boolean;
  lines: { start_ms: number | null; text: string }[];
}

export interface Job {
  id: string;
  kind: string;
  title: string;
  state: string;
  done: number | null;
  total: number | null;
  message: string | null;
  error: string | null;
  created_at_ms: number;
  started_at_ms: number | null;
  ended_at_ms: number | null;
}

export interface Notice {
  id: string;
  source_id: string | null;
  path: string | null;
  severity: string;
  message: string;
  hint: string | null;
  happened_at_ms: number;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  hint?: string;
}
