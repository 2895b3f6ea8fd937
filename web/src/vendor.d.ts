/** Libraries that ship no types of their own. */
declare module 'hls.js/light' {
  export { default } from 'hls.js';
}

declare module 'foliate-js/view.js' {
  export function makeBook(file: File): Promise<import('~/readers/epub').FoliateBook>;
}

declare module 'pdfjs-dist/legacy/build/pdf.mjs' {
  export * from 'pdfjs-dist';
}
