/** Puts an address into the media element: straight, or through hls.js where the browser knows no HLS. */
import type Hls from 'hls.js';

const isHls = (url: string, mime: string) => mime.includes('mpegurl') || url.split('?')[0].endsWith('.m3u8');

export class MediaSourceSlot {
  #hls: Hls | null = null;
  #ticket = 0;

  /** Starts loading; `startS` is where to begin, in seconds of this address. */
  async set(
    element: HTMLVideoElement,
    url: string,
    mime: string,
    startS: number,
    fail: (why: string) => void,
  ) {
    const ticket = ++this.#ticket;
    this.#drop();
    if (!isHls(url, mime)) {
      element.src = url;
      if (startS > 0) this.#seekWhenReady(element, startS, ticket);
      return;
    }
    const { default: Player } = await import('hls.js/light');
    if (ticket !== this.#ticket) return;
    if (!Player.isSupported()) {
      element.src = url;
      if (startS > 0) this.#seekWhenReady(element, startS, ticket);
      return;
    }
    const hls = new Player({ startPosition: startS || -1, maxBufferLength: 40, backBufferLength: 60 });
    this.#hls = hls as unknown as Hls;
    hls.on(Player.Events.ERROR, (_, data) => {
      if (!data.fatal) return;
      if (data.type === Player.ErrorTypes.MEDIA_ERROR && data.details !== 'manifestIncompatibleCodecsError')
        hls.recoverMediaError();
      else fail('The stream broke off. The server may be busy; try again.');
    });
    hls.loadSource(url);
    hls.attachMedia(element);
  }

  #seekWhenReady(element: HTMLVideoElement, startS: number, ticket: number) {
    const seek = () => {
      if (ticket === this.#ticket) element.currentTime = startS;
    };
    if (element.readyState >= 1) seek();
    else element.addEventListener('loadedmetadata', seek, { once: true });
  }

  #drop() {
    this.#hls?.destroy();
    this.#hls = null;
  }

  clear(element: HTMLVideoElement) {
    this.#ticket += 1;
    this.#drop();
    element.removeAttribute('src');
    element.load();
  }
}
