/** PDF.js, loaded when the first PDF is opened. */
import type { PDFDocumentProxy } from 'pdfjs-dist';
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

const DATA = '/assets/pdf';

export type { PDFDocumentProxy };

export async function openPdf(address: string): Promise<PDFDocumentProxy> {
  const pdf = await import('pdfjs-dist/legacy/build/pdf.mjs');
  pdf.GlobalWorkerOptions.workerSrc = worker;
  return pdf.getDocument({
    url: address,
    withCredentials: true,
    // Only the pages looked at are fetched: scans of books weigh hundreds of megabytes.
    disableAutoFetch: true,
    disableStream: true,
    rangeChunkSize: 262144,
    // WebAssembly would need a laxer Content-Security-Policy. Newer releases than 5.4.530 decode JBIG2 only with it.
    useWasm: false,
    isEvalSupported: false,
    cMapUrl: `${DATA}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${DATA}/standard_fonts/`,
    wasmUrl: `${DATA}/wasm/`,
  }).promise;
}

export interface Drawing {
  cancel: () => void;
  done: Promise<void>;
  width: number;
  height: number;
}

/** Draws page `n` (1-based) at `scale` CSS pixels per point into `canvas`, with selectable text in `text`. */
export async function drawPage(
  file: PDFDocumentProxy,
  n: number,
  scale: number,
  canvas: HTMLCanvasElement,
  text: HTMLElement,
): Promise<Drawing> {
  const { TextLayer } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const page = await file.getPage(n);
  const viewport = page.getViewport({ scale });
  // Beyond about 16 million pixels phones refuse the canvas.
  const density = Math.min(devicePixelRatio || 1, Math.sqrt(16e6 / (viewport.width * viewport.height)));
  const fresh = page.getViewport({ scale: scale * density });
  canvas.width = Math.floor(fresh.width);
  canvas.height = Math.floor(fresh.height);
  const task = page.render({ canvas, viewport: fresh });
  text.replaceChildren();
  text.style.setProperty('--total-scale-factor', String(scale));
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
  const done = Promise.all([task.promise, layer.render().catch(() => undefined)]).then(() => undefined);
  return {
    width: viewport.width,
    height: viewport.height,
    done,
    cancel: () => {
      task.cancel();
      layer.cancel();
    },
  };
}

export async function pageSize(
  file: PDFDocumentProxy,
  n: number,
): Promise<{ width: number; height: number }> {
  const { width, height } = (await file.getPage(n)).getViewport({ scale: 1 });
  return { width, height };
}
