/** What this browser can play, asked from the browser itself once. */
import type { Capabilities } from '~/api/types';

const CONTAINERS: Record<string, string> = {
  mp4: 'video/mp4; codecs="avc1.42E01E, mp4a.40.2"',
  webm: 'video/webm; codecs="vp9, opus"',
  matroska: 'video/x-matroska; codecs="avc1.42E01E, mp4a.40.2"',
  mov: 'video/quicktime',
  ogg: 'audio/ogg; codecs="opus"',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  wav: 'audio/wav',
  aac: 'audio/aac',
};

const VIDEO: Record<string, string> = {
  h264: 'video/mp4; codecs="avc1.640028"',
  hevc: 'video/mp4; codecs="hvc1.1.6.L120.90"',
  vp8: 'video/webm; codecs="vp8"',
  vp9: 'video/mp4; codecs="vp09.00.40.08"',
  av1: 'video/mp4; codecs="av01.0.08M.08"',
};

const AUDIO: Record<string, string> = {
  aac: 'audio/mp4; codecs="mp4a.40.2"',
  mp3: 'audio/mpeg',
  opus: 'audio/webm; codecs="opus"',
  vorbis: 'audio/webm; codecs="vorbis"',
  flac: 'audio/mp4; codecs="flac"',
  alac: 'audio/mp4; codecs="alac"',
  ac3: 'audio/mp4; codecs="ac-3"',
  pcm_s16le: 'audio/wav; codecs="1"',
  pcm_s24le: 'audio/wav; codecs="1"',
  eac3: 'audio/mp4; codecs="ec-3"',
};

export interface Probe {
  canPlayType: (type: string) => string;
  isTypeSupported: (type: string) => boolean;
}

export function probe({ canPlayType, isTypeSupported }: Probe): Capabilities {
  const plays = (type: string) => canPlayType(type) !== '';
  const names = (table: Record<string, string>, can: (type: string) => boolean) =>
    Object.entries(table)
      .filter(([, type]) => can(type))
      .map(([name]) => name);
  return {
    containers: names(CONTAINERS, plays),
    video: names(VIDEO, (type) => plays(type) || isTypeSupported(type)),
    audio: names(AUDIO, (type) => plays(type) || isTypeSupported(type)),
    hls: true,
  };
}

let known: Capabilities | null = null;

export function capabilities(): Capabilities {
  if (known) return known;
  const element = document.createElement('video');
  known = probe({
    canPlayType: (type) => element.canPlayType(type),
    isTypeSupported: (type) => globalThis.MediaSource?.isTypeSupported(type) ?? false,
  });
  return known;
}

/** What to claim when direct play failed although the browser had promised it: only what every browser can. */
export const MODEST: Capabilities = { containers: [], video: ['h264'], audio: ['aac'], hls: true };
