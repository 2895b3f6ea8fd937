/**
 * Makes a chapter of a book harmless and whole under the page's Content-Security-Policy.
 *
 * Books are other people's HTML. Three walls stand between them and the page: what could act is cut out here, a
 * policy inside the chapter forbids scripts and the network, and the frame's sandbox forbids scripts again.
 */

const ACTING = 'script, iframe, frame, object, embed, applet, base, portal, meta[http-equiv]';

const POLICY =
  "default-src 'none'; img-src blob: data:; media-src blob: data:; style-src 'unsafe-inline' blob:; font-src blob: data:; form-action 'none'";

const isScript = (value: string) => /^[\s\u0000-\u001f]*(javascript|vbscript|data:text\/html)/i.test(value);

function disarm(root: Document): void {
  for (const element of root.querySelectorAll(ACTING)) element.remove();
  for (const element of root.querySelectorAll('*'))
    for (const attribute of [...element.attributes])
      if (/^on/i.test(attribute.localName) || isScript(attribute.value))
        element.removeAttributeNode(attribute);
}

/** Style sheets become style elements: the policy allows those, but not sheets from `blob:` addresses. */
function inlineSheets(root: Document, sheets: (string | null)[]): void {
  for (const [i, link] of [...root.querySelectorAll('link[href]')].entries()) {
    const css = sheets[i];
    if (css === null || css === undefined) continue;
    const style = root.createElementNS('http://www.w3.org/1999/xhtml', 'style');
    style.textContent = css;
    link.replaceWith(style);
  }
}

function forbid(root: Document): void {
  const head = root.querySelector('head');
  if (!head) return;
  const meta = root.createElementNS('http://www.w3.org/1999/xhtml', 'meta');
  meta.setAttribute('http-equiv', 'Content-Security-Policy');
  meta.setAttribute('content', POLICY);
  head.prepend(meta);
}

/** `text` of a chapter without anything that acts; `sheets` are the texts of its linked style sheets, in order. */
export function sanitise(text: string, type: string, sheets: (string | null)[] = []): string {
  const root = new DOMParser().parseFromString(text, type as DOMParserSupportedType);
  inlineSheets(root, sheets);
  disarm(root);
  forbid(root);
  return new XMLSerializer().serializeToString(root);
}
