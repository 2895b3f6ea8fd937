/** The one player of the page: what plays, where it is, and how it is told to go elsewhere. */
import { api } from '~/api/client';
import type { Extra, ItemCard, PlayAnswer, PlayPart } from '~/api/types';
import { view } from '~/kinds';
import { Stored } from '~/lib/stored.svelte';
import { MODEST, capabilities } from './capabilities';
import { Queue } from './queue.svelte';
import { Reporter, report } from './report';
import { MediaSourceSlot } from './source';
import { chapterAt, isOffsetStream, partAt, partsOf, withStart } from './timeline';

/** What of an item plays, where that is not all of it: a version, or an extra. */
interface Choice {
  edition?: string;
  extra?: Extra;
}

class Player {
  readonly queue = new Queue();
  plan = $state.raw<PlayAnswer | null>(null);
  /** Milliseconds on the timeline of the whole edition. */
  position = $state(0);
  duration = $state(0);
  buffered = $state(0);
  paused = $state(true);
  waiting = $state(false);
  error = $state('');
  expanded = $state(false);
  subtitle = $state<string | null>(null);
  rate = $state(1);
  readonly volume = new Stored('volume', 1);
  readonly muted = new Stored('muted', false);

  #element: HTMLVideoElement | null = null;
  #slot = new MediaSourceSlot();
  #reporter = new Reporter(10_000);
  #parts: PlayPart[] = [];
  #part = 0;
  /** Where the element's zero lies on the timeline. */
  #base = 0;
  #ticket = 0;
  #modest = false;
  #choice = $state.raw<Choice & { of?: ItemCard }>({});

  get item(): ItemCard | null {
    return this.queue.current;
  }

  get extra(): Extra | null {
    return (this.#choice.of === this.item && this.#choice.extra) || null;
  }

  get title(): string {
    return this.extra?.title ?? this.item?.title ?? '';
  }

  /** The line below the title. */
  get line(): string {
    if (!this.item) return '';
    return this.extra ? this.item.title : view(this.item.kind).line(this.item);
  }

  get isVideo(): boolean {
    return this.item !== null && view(this.item.kind).opens === 'video';
  }

  get chapter(): number {
    return chapterAt(this.plan?.chapters ?? [], this.position);
  }

  attach(element: HTMLVideoElement): () => void {
    this.#element = element;
    element.volume = this.volume.value;
    element.muted = this.muted.value;
    const on: Record<string, () => void> = {
      timeupdate: () => this.#tick(),
      progress: () => this.#tick(),
      play: () => (this.paused = false),
      playing: () => (this.waiting = false),
      canplay: () => (this.waiting = false),
      waiting: () => (this.waiting = true),
      pause: () => this.#onPause(),
      ended: () => void this.#onEnded(),
      error: () => this.#onError(),
    };
    for (const [name, act] of Object.entries(on)) element.addEventListener(name, act);
    return () => {
      for (const [name, act] of Object.entries(on)) element.removeEventListener(name, act);
      this.#element = null;
    };
  }

  /** Plays `items` from `index` on; `fromMs` overrides where the first one resumes. */
  async start(
    items: ItemCard[],
    index = 0,
    { fromMs, edition, extra }: Choice & { fromMs?: number } = {},
  ): Promise<void> {
    this.#reporter.flush();
    this.queue.set(items, index);
    this.expanded = this.isVideo;
    this.#choice = { edition, extra, of: this.item ?? undefined };
    await this.#load(fromMs);
  }

  async #load(fromMs?: number, audioStream?: number): Promise<void> {
    const item = this.item;
    const element = this.#element;
    if (!item || !element) return;
    const chosen = this.#choice.of === item ? this.#choice : {};
    const ticket = ++this.#ticket;
    this.error = '';
    this.waiting = true;
    try {
      const plan = await api.post<PlayAnswer>(`/items/${item.id}/play`, {
        edition_id: chosen.edition,
        extra_id: chosen.extra?.id,
        capabilities: this.#modest ? MODEST : capabilities(),
        audio_stream: audioStream,
        start_ms: fromMs === undefined ? undefined : Math.round(fromMs),
      });
      if (ticket !== this.#ticket) return;
      this.#adopt(plan, fromMs ?? plan.resume_ms ?? 0);
    } catch (error) {
      if (ticket !== this.#ticket) return;
      this.waiting = false;
      this.error = (error as Error).message;
    }
  }

  #adopt(plan: PlayAnswer, startMs: number): void {
    this.plan = plan;
    this.#parts = partsOf(plan);
    this.duration = plan.duration_ms;
    // The last seconds are the end: whoever resumes there wants to begin again.
    const start = plan.duration_ms && startMs > plan.duration_ms - 5000 ? 0 : startMs;
    this.subtitle = plan.subtitles?.find((track) => track.default || track.forced)?.id ?? null;
    this.#cue(start, true);
  }

  /** Points the element at `ms` of the timeline, changing the part or the stream where that is needed. */
  #cue(ms: number, play: boolean): void {
    const element = this.#element;
    const plan = this.plan;
    if (!element || !plan) return;
    this.#part = partAt(this.#parts, ms);
    const part = this.#parts[this.#part];
    const offset = isOffsetStream(plan);
    this.#base = offset ? ms : part.start_ms;
    this.position = ms;
    const url = offset ? withStart(part.url, ms - part.start_ms) : part.url;
    const ticket = this.#ticket;
    const set = this.#slot.set(element, url, plan.mime ?? '', (ms - this.#base) / 1000, (why) =>
      this.#fail(why),
    );
    element.playbackRate = this.rate;
    element.defaultPlaybackRate = this.rate;
    // A new source pauses the element, and hls.js puts it in place only when it has been loaded itself.
    void set.then(() => {
      if (play && ticket === this.#ticket)
        element.play().catch((error: DOMException) => this.#refused(error));
    });
  }

  #refused(error: DOMException): void {
    // Browsers refuse sound before the first click: the listener presses play.
    if (error.name === 'NotAllowedError') this.waiting = false;
  }

  #tick(): void {
    const element = this.#element;
    if (!element || !this.plan || element.readyState === 0) return;
    this.position = this.#base + element.currentTime * 1000;
    const ranges = element.buffered;
    this.buffered = ranges.length ? this.#base + ranges.end(ranges.length - 1) * 1000 : 0;
    if (!this.duration && Number.isFinite(element.duration)) this.duration = element.duration * 1000;
    if (!element.paused) this.#note();
  }

  #note(): void {
    if (!this.item || !this.plan || this.extra || this.position < 1000) return;
    this.#reporter.note(this.item.id, {
      position_ms: Math.round(this.position),
      duration_ms: Math.round(this.duration),
    });
  }

  #onPause(): void {
    this.paused = true;
    this.#note();
    this.#reporter.flush();
  }

  async #onEnded(): Promise<void> {
    if (this.#part + 1 < this.#parts.length) {
      this.#cue(this.#parts[this.#part + 1].start_ms, true);
      return;
    }
    const item = this.item;
    this.#reporter.flush();
    if (item && !this.extra) {
      const end = Math.round(this.duration);
      await report(item.id, { position_ms: end, duration_ms: end, finished: true });
    }
    if (this.queue.next(false)) await this.#change(0);
    else this.expanded = this.expanded && !this.isVideo;
  }

  #onError(): void {
    const element = this.#element;
    if (!element?.error || !element.getAttribute('src')) return;
    this.#fail(element.error.message || 'This file cannot be played.');
  }

  /** Direct play that fails is tried once more with the modest list, which makes the server convert. */
  #fail(why: string): void {
    if (!this.#modest && this.plan?.method === 'direct') {
      this.#modest = true;
      void this.#load(this.position);
      return;
    }
    this.waiting = false;
    this.error = why;
  }

  async #change(fromMs?: number): Promise<void> {
    this.#modest = false;
    this.plan = null;
    this.position = 0;
    this.duration = this.item?.duration_ms ?? 0;
    await this.#load(fromMs);
  }

  toggle(): void {
    const element = this.#element;
    if (!element || !this.plan) return;
    if (element.paused) void element.play().catch((error: DOMException) => this.#refused(error));
    else element.pause();
  }

  seek(ms: number): void {
    const element = this.#element;
    if (!element || !this.plan) return;
    const to = Math.max(0, Math.min(ms, this.duration || ms));
    if (isOffsetStream(this.plan) || partAt(this.#parts, to) !== this.#part) this.#cue(to, !element.paused);
    else {
      element.currentTime = (to - this.#base) / 1000;
      this.position = to;
    }
    this.#note();
  }

  skip(ms: number): void {
    this.seek(this.position + ms);
  }

  async next(): Promise<void> {
    this.#reporter.flush();
    if (this.queue.next()) await this.#change();
  }

  /** Back to the start, or to the one before when the start was just now. */
  async previous(): Promise<void> {
    if (this.position > 4000 || !this.queue.hasPrevious) {
      this.seek(0);
      return;
    }
    this.#reporter.flush();
    if (this.queue.previous()) await this.#change();
  }

  async jump(index: number): Promise<void> {
    this.#reporter.flush();
    this.queue.index = index;
    await this.#change();
  }

  async retry(): Promise<void> {
    await this.#load(this.position);
  }

  async setAudio(stream: number): Promise<void> {
    await this.#load(this.position, stream);
  }

  setRate(rate: number): void {
    this.rate = rate;
    if (this.#element) this.#element.playbackRate = rate;
  }

  setVolume(volume: number): void {
    this.volume.value = Math.max(0, Math.min(1, volume));
    this.setMuted(false);
    if (this.#element) this.#element.volume = this.volume.value;
  }

  setMuted(muted: boolean): void {
    this.muted.value = muted;
    if (this.#element) this.#element.muted = muted;
  }

  /** The page goes away, or is hidden on a phone that may never bring it back. */
  leave(): void {
    if (!this.paused) this.#note();
    this.#reporter.flush(true);
  }

  stop(): void {
    this.#element?.pause();
    this.#reporter.flush();
    this.#ticket += 1;
    if (this.#element) this.#slot.clear(this.#element);
    this.queue.clear();
    this.plan = null;
    this.expanded = false;
    this.error = '';
  }
}

export const player = new Player();
