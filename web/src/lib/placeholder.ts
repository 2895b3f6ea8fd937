/** Blurred stand-ins for pictures that are still on their way (ThumbHash, base64). */
import { thumbHashToDataURL } from 'thumbhash';

const known = new Map<string, string>();

export function placeholder(hash: string | null | undefined): string {
  if (!hash) return '';
  let url = known.get(hash);
  if (url === undefined) {
    try {
      url = thumbHashToDataURL(Uint8Array.from(atob(hash), (c) => c.charCodeAt(0)));
    } catch {
      url = '';
    }
    if (known.size > 3000) known.clear();
    known.set(hash, url);
  }
  return url;
}
